"""The prepared tasks: one for each kind of person with the page on which it begins, and what more there is to try."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base import i18n
from dialogue.base.i18n import Lazy, lazy
from dialogue.demo import queries
from dialogue.demo.queries import Targets
from dialogue.residents import operations as residents


@dataclass(frozen=True)
class Task:
    """Something to try. ``role`` is the account it is done with, "" for a resident, who needs none."""

    role: str
    who: Lazy
    title: Lazy
    text: Lazy
    label: Lazy
    begins: Callable[[Targets], str]
    more: tuple["Further", ...] = ()


@dataclass(frozen=True)
class Further:
    """Something more to try for the same person. ``by_account`` is whether it is done signed in."""

    title: Lazy
    begins: Callable[[Targets], str]
    by_account: bool = True


@dataclass(frozen=True)
class Offered:
    """A task and the address where it begins in this database; the same of what more there is to try."""

    task: Task
    url: str
    more: Sequence[tuple[Further, str]]


TASKS = (
    Task(
        "",
        lazy("Resident"),
        lazy("Give an idea and follow it"),
        lazy(
            "Write what would make your way home safe. You get a follow code, with which you see what becomes of it."
        ),
        lazy("Give an idea"),
        lambda targets: url_for("boards.write", code=targets.board),
        (
            Further(
                lazy("Say whether it helped, with a follow code"),
                lambda targets: residents.follow_path(targets.follow_code, i18n.language()),
                by_account=False,
            ),
            Further(
                lazy("Join in with the evening walkers"),
                lambda targets: url_for("helping.slot", code=targets.slot),
                by_account=False,
            ),
            Further(
                lazy("See what the poster at the kiosk answers"),
                lambda targets: url_for("posters.poster", code=targets.poster),
                by_account=False,
            ),
        ),
    ),
    Task(
        "police",
        lazy("Police contact"),
        lazy("Read three waiting ideas, place them, decide"),
        lazy(
            "Publish the ideas or send them back with a reason, place them under themes, and decide about ice and snow."
        ),
        lazy("Read as the police contact"),
        lambda targets: url_for("moderation.of_board", code=targets.board),
        (
            Further(
                lazy("Condense what came in under themes"),
                lambda targets: url_for("condense.all_themes", code=targets.dialogue),
            ),
            Further(
                lazy("Read the brief that goes to those who decide"),
                lambda targets: url_for("briefs.draft", code=targets.dialogue),
            ),
            Further(
                lazy("Go through the actions in a weekly round"), lambda _targets: url_for("round.start")
            ),
            Further(
                lazy("Ask one question and answer within fourteen days: Drypp"),
                lambda _targets: url_for("setting_up.drip"),
            ),
            Further(
                lazy("Print a poster that can hang for years"),
                lambda targets: url_for("posters_desk.poster", code=targets.poster),
            ),
        ),
    ),
    Task(
        "facilitator",
        lazy("Facilitator"),
        lazy("Write for your group"),
        lazy(
            "You lead group 2 at the neighbourhood talk. Note what the group says, and put its ideas on the board."
        ),
        lazy("Write as the facilitator"),
        lambda targets: url_for("groups.group", code=targets.group),
    ),
    Task(
        "partner",
        lazy("Partner"),
        lazy("Answer the action you are asked to do"),
        lazy(
            "The residents' association is asked for a volunteer day. Say yes, suggest another date, or say no and why."
        ),
        lazy("Answer as the partner"),
        lambda targets: url_for("actions.action", code=targets.action),
        (
            Further(
                lazy("Answer by the link in the mail, without signing in"),
                lambda targets: url_for("demo.mail", number=targets.mail),
                by_account=False,
            ),
        ),
    ),
    Task(
        "leader",
        lazy("Leader"),
        lazy("Sign the promise"),
        lazy("A new dialogue waits for a leader who promises residents an answer, by name and date."),
        lazy("Sign as the leader"),
        lambda targets: url_for("dialogues.promise", code=targets.draft),
        (
            Further(
                lazy("Read the one sheet for the police council"),
                lambda targets: url_for("leader.municipality_paper", place=targets.municipality),
            ),
        ),
    ),
    Task(
        "municipality",
        lazy("Project lead in the municipality"),
        lazy("Publish the new dialogue"),
        lazy("See what is missing before residents can see it. When the leader has signed, publish it."),
        lazy("Publish as the project lead"),
        lambda targets: url_for("dialogues.publish", code=targets.draft),
        (
            Further(
                lazy("Decide about a theme, and say why"),
                lambda targets: url_for("decide.decide", code=targets.theme),
            ),
            Further(
                lazy("Condense what came in under themes"),
                lambda targets: url_for("condense.all_themes", code=targets.dialogue),
            ),
            Further(
                lazy("Read the brief that goes to those who decide"),
                lambda targets: url_for("briefs.draft", code=targets.dialogue),
            ),
        ),
    ),
    Task(
        "admin",
        lazy("Administrator"),
        lazy("Invite a colleague"),
        lazy("Give somebody an account and a role. The invitation lies in the demo's mailbox."),
        lazy("Invite as the administrator"),
        lambda _targets: url_for("keepers.invite"),
    ),
)


def offered(session: Session) -> Sequence[Offered]:
    """Every task with the address where it begins; none when the demo is not loaded."""
    targets = queries.targets(session)
    if targets is None:
        return []
    return [
        Offered(task, task.begins(targets), [(one, one.begins(targets)) for one in task.more])
        for task in TASKS
    ]

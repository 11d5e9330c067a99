"""The prepared tasks: one for each kind of person, with the page on which it begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import Lazy, lazy
from dialogue.demo import queries
from dialogue.demo.queries import Targets


@dataclass(frozen=True)
class Task:
    """Something to try. ``role`` is the account it is done with, "" for a resident, who needs none."""

    role: str
    who: Lazy
    title: Lazy
    text: Lazy
    label: Lazy
    begins: Callable[[Targets], str]


@dataclass(frozen=True)
class Offered:
    """A task and the address where it begins in this database."""

    task: Task
    url: str


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
    ),
    Task(
        "leader",
        lazy("Leader"),
        lazy("Sign the promise"),
        lazy("A new dialogue waits for a leader who promises residents an answer, by name and date."),
        lazy("Sign as the leader"),
        lambda targets: url_for("dialogues.promise", code=targets.draft),
    ),
    Task(
        "municipality",
        lazy("Project lead in the municipality"),
        lazy("Publish the new dialogue"),
        lazy("See what is missing before residents can see it. When the leader has signed, publish it."),
        lazy("Publish as the project lead"),
        lambda targets: url_for("dialogues.publish", code=targets.draft),
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
    return [] if targets is None else [Offered(task, task.begins(targets)) for task in TASKS]

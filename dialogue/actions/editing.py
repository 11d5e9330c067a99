"""What stands about an action, written anew by the organiser: every change is a line of history, and of two who
write at once the second sees both."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import checks, mail, queries, rules, wording
from dialogue.actions.models import (
    LONGEST_MEASURE,
    LONGEST_MEASURED,
    LONGEST_PLACE,
    LONGEST_ROLE,
    LONGEST_TITLE,
    LONGEST_WAIT,
    LONGEST_WHY,
    Action,
    Contributor,
)
from dialogue.actions.rules import Someone, Step
from dialogue.actions.taking import goes_on, move
from dialogue.base import clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import Lazy, Translated, lazy, show_date
from dialogue.dialogues.models import Dialogue
from dialogue.goals import queries as goals
from dialogue.goals.models import Goal

MOST_CONTRIBUTORS = 12


@dataclass(frozen=True)
class More:
    """What may be said of an action besides what, why, who and when."""

    place: Translated = field(default_factory=Translated)
    waits_for: Translated = field(default_factory=Translated)
    measure: Translated = field(default_factory=Translated)
    measured_before: str = ""
    goal_id: int | None = None
    next_update_on: date | None = None
    contributor_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Edit:
    """An action as the organiser writes it anew."""

    title: Translated
    why: Translated
    owner_role: Translated
    more: More


PARTS: dict[str, Lazy] = {
    "title": lazy("what is to be done"),
    "why": lazy("why"),
    "owner_role": lazy("the role"),
    "place": lazy("the place"),
    "waits_for": lazy("what it waits for"),
    "measure": lazy("what is measured"),
    "measured_before": lazy("what was measured before"),
    "goal": lazy("the goal"),
    "next_update_on": lazy("the next update"),
    "contributors": lazy("who contributes"),
}
# Of these an owner who has said yes is told.
AGREED = ("title", "why")


def edit(session: Session, who: Someone, action: Action, revision: int, written: Edit) -> list[str]:
    """Write an action anew; return the names of the parts that changed. An owner at work is told when what
    they said yes to reads otherwise.

    Raises NotAllowed, Changed when somebody else was first, Invalid.
    """
    check_words(written.title, written.why, written.owner_role)
    check_more(session, action.dialogue, written.more, before=action)
    if revision == action.revision and not _wanted(action, written):
        return []
    if not goes_on(session, who, action, Step.EDIT, revision, lambda: not _wanted(action, written)):
        return []
    changed = _wanted(action, written)
    before = [f"{PARTS[name]}: {shown(action, name) or '–'}" for name in changed]
    action.title, action.why, action.owner_role = written.title, written.why, written.owner_role
    set_more(session, action, written.more)
    words = wording.edited([PARTS[name] for name in changed])
    move(session, who, action, action.state, words, is_public=False, internal_note="\n".join(before))
    if action.state in rules.AT_WORK and set(changed) & set(AGREED):
        parts = words.pick(action.owner.language).text.partition(": ")[2].rstrip(".")
        mail.tell_owner(session, action, "actions/edited", parts=parts)
    return changed


def shown(action: Action, name: str) -> str:
    """What stands in one part now, as a person reads it."""
    if name == "goal":
        return action.goal.title if action.goal else ""
    if name == "contributors":
        return ", ".join(sorted(str(one.organisation.name) for one in action.contributors))
    value = getattr(action, name)
    return show_date(value) if isinstance(value, date) else str(value or "")


def differing(action: Action, written: Edit) -> dict[str, Translated | str]:
    """What stands now in each part that was written otherwise: a text in all its languages, else as a person
    reads it."""
    values = ((name, getattr(action, name, None)) for name in _wanted(action, written))
    return {name: now if isinstance(now, Translated) else shown(action, name) for name, now in values}


def set_more(session: Session, action: Action, more: More) -> None:
    """Write down the rest of an action."""
    action.place, action.waits_for = more.place, more.waits_for
    action.measure, action.measured_before = more.measure, more.measured_before
    action.goal = session.get(Goal, more.goal_id) if more.goal_id else None
    action.goal_id = more.goal_id
    action.next_update_on = more.next_update_on
    there = {one.organisation_id for one in action.contributors}
    action.contributors = [
        *(one for one in action.contributors if one.organisation_id in more.contributor_ids),
        *(Contributor(organisation_id=one) for one in sorted(more.contributor_ids - there)),
    ]
    session.flush()


def check_words(title: Translated, why: Translated, owner_role: Translated) -> None:
    """What and why are written, and nothing is too long. Raises Invalid."""
    checks.words(title, LONGEST_TITLE, "title")
    checks.words(why, LONGEST_WHY, "why")
    checks.translated(owner_role, LONGEST_ROLE, "owner_role")


def check_more(session: Session, dialogue: Dialogue, more: More, before: Action | None = None) -> None:
    """Nothing is too long, and goal, date and organisations are ones that can be chosen; what stands there
    ``before`` may stay. Raises Invalid."""
    checks.translated(more.place, LONGEST_PLACE, "place")
    checks.translated(more.waits_for, LONGEST_WAIT, "waits_for")
    checks.translated(more.measure, LONGEST_MEASURE, "measure")
    checks.length(more.measured_before, LONGEST_MEASURED, "measured_before")
    if more.next_update_on and (before is None or before.next_update_on != more.next_update_on):
        checks.ahead(more.next_update_on, "next_update_on")
    kept = before.goal if before else None
    if more.goal_id and more.goal_id not in {one for one, _words in goal_choices(session, dialogue, kept)}:
        raise Invalid(lazy("Choose a goal from the list."), "goal")
    if len(more.contributor_ids) > MOST_CONTRIBUTORS:
        raise Invalid(lazy("Choose at most %(most)s organisations.", most=MOST_CONTRIBUTORS), "contributors")
    there = {one.organisation_id for one in before.contributors} if before else set()
    new = more.contributor_ids - there
    if new and new - {one.id for one in queries.possible_owners(session, dialogue)}:
        raise Invalid(lazy("Choose organisations from the list."), "contributors")


def goal_choices(session: Session, dialogue: Dialogue, kept: Goal | None = None) -> list[tuple[int, str]]:
    """The goals that an action of this dialogue can serve, as choices of a form."""
    place = dialogue.municipality
    return goals.choices(session, clock.today(), place.id, place.district_id, kept)


def _wanted(action: Action, written: Edit) -> list[str]:
    """The parts that would change."""
    more = written.more
    there = {
        "title": (action.title, written.title),
        "why": (action.why, written.why),
        "owner_role": (action.owner_role, written.owner_role),
        "place": (action.place, more.place),
        "waits_for": (action.waits_for, more.waits_for),
        "measure": (action.measure, more.measure),
        "measured_before": (action.measured_before, more.measured_before),
        "goal": (action.goal_id, more.goal_id),
        "next_update_on": (action.next_update_on, more.next_update_on),
        "contributors": ({one.organisation_id for one in action.contributors}, set(more.contributor_ids)),
    }
    return [name for name, (now, then) in there.items() if now != then]

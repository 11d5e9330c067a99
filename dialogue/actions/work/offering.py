"""What a choice among actions can be made of: the owners, dialogues, places and goals of what somebody sees."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from dialogue.actions.models import Action
from dialogue.actions.work.queries import Worker, seen_by
from dialogue.dialogues.models import Dialogue
from dialogue.goals.models import Goal
from dialogue.places.models import Municipality, Organisation

# A longer list is no help to choose from; what is wanted is found by its place or its words instead.
MOST_OFFERED = 100

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """The values of a choice, each as it stands in the address, with its name."""

    owners: Options
    dialogues: Options
    municipalities: Options
    goals: Options


def offered(session: Session, worker: Worker) -> Offered:
    """What somebody can choose among; owners and dialogues are those of the municipality that is chosen."""
    choice, seen = worker.choice, seen_by(worker)
    here: list[ColumnElement[bool]] = [seen]
    if choice.municipality:
        place = select(Municipality.id).where(Municipality.number == choice.municipality)
        here.append(Action.dialogue_id.in_(select(Dialogue.id).where(Dialogue.municipality_id.in_(place))))
    of_dialogues = select(Dialogue.municipality_id).where(
        Dialogue.id.in_(select(Action.dialogue_id).where(seen))
    )
    municipalities = session.execute(
        select(Municipality.number, Municipality.name, Municipality.county)
        .where(Municipality.id.in_(of_dialogues))
        .order_by(Municipality.name)
    )
    goals = session.scalars(
        _some(select(Goal), Goal, Action.goal_id, [seen], choice.goal).options(joinedload(Goal.plan))
    )
    owners = select(Organisation.code, Organisation.name)
    dialogues = select(Dialogue.code, Dialogue.title)
    return Offered(
        owners=_by_name(session, _some(owners, Organisation, Action.owner_id, here, choice.owner)),
        dialogues=_by_name(session, _some(dialogues, Dialogue, Action.dialogue_id, here, choice.dialogue)),
        municipalities=[(number, f"{name} ({county})") for number, name, county in municipalities],
        goals=[(goal.code, goal.named) for goal in goals],
    )


def _some(statement: Any, table: Any, column: Any, seen: list[ColumnElement[bool]], chosen: str) -> Any:
    """Those that what is seen names in a column, the newest if there are too many; what is chosen is kept."""
    return (
        statement.where(table.id.in_(select(column).where(*seen)))
        .order_by((table.code == chosen).desc(), table.id.desc())
        .limit(MOST_OFFERED)
    )


def _by_name(session: Session, statement: Any) -> Options:
    found = [(code, str(name)) for code, name in session.execute(statement)]
    return sorted(found, key=lambda option: option[1].casefold())

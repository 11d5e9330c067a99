"""The chain of one dialogue of a whole country as rows: its ideas, their themes, what was decided and what is done."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.content import insert_rows
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.base.tokens import new_code
from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    StatusChange,
)
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    DecisionOutcome,
    DecisionReason,
    Theme,
    ThemeContribution,
    ThemeDecision,
)
from dialogue.places.models import Organisation
from tests.support.make import words

# Four of five ideas lie in a theme, as when a team is nearly done.
PLACED_OF_FIVE = 4

_STATES = (
    ActionState.DONE,
    ActionState.UNDER_WAY,
    ActionState.ACCEPTED,
    ActionState.PROPOSED,
    ActionState.PARTLY_DONE,
    ActionState.STOPPED,
)

_OUTCOMES = (
    (DecisionOutcome.TAKE_UP, DecisionReason.WANTED),
    (DecisionOutcome.NOT_NOW, DecisionReason.MONEY),
    (DecisionOutcome.TAKE_UP, DecisionReason.WANTED),
    (DecisionOutcome.NOT_FORWARD, DecisionReason.LAW),
)


def chain(session: Session, dialogue: Dialogue, ideas: int, actions: int, themes: int) -> None:
    """The ideas of a dialogue, in themes, of which all but the last are decided; actions follow."""
    moment = clock.now() - timedelta(80)
    anchors = _ideas(session, dialogue, ideas)
    theme_ids = insert_rows(
        session,
        Theme,
        [
            {
                "code": new_code(),
                "dialogue_id": dialogue.id,
                "position": place,
                "title": words(f"Theme {place}"),
                "what_people_say": words("It is dark by the path."),
                "what_we_propose": words("Low lights along it."),
                "who": words("The municipality"),
                "created_at": moment,
            }
            for place in range(1, themes + 1)
        ],
        Theme.id,
    )
    placed = [anchor for place, anchor in enumerate(anchors) if place % 5 < PLACED_OF_FIVE]
    insert_rows(
        session,
        ThemeContribution,
        [
            {
                "theme_id": theme_ids[place % themes],
                "contribution_id": anchor,
                "placed_at": moment,
                "is_minority": place % 50 == 0,
            }
            for place, anchor in enumerate(placed)
        ],
    )
    decisions = _decisions(session, dialogue, theme_ids[:-1])
    _actions(session, dialogue, decisions, actions)


def _ideas(session: Session, dialogue: Dialogue, count: int) -> list[int]:
    board = Board(
        dialogue=dialogue,
        title=words("Ideas"),
        intro=words("Short is fine."),
        columns=[Column(position=1, title=words("What could be better?"))],
    )
    session.add(board)
    session.flush()
    start = clock.now() - timedelta(90)
    anchors = insert_rows(
        session,
        Contribution,
        [
            {
                "code": new_code(),
                "dialogue_id": dialogue.id,
                "kind": ContributionKind.IDEA,
                "channel": (Channel.WEB, Channel.MEETING, Channel.SCHOOL)[place % 3],
                "label": ("", "Gruppe 4", "Klasse A")[place % 3],
                "language": "nb",
                "state": ContributionState.PUBLISHED,
                "received_at": start + timedelta(minutes=place),
            }
            for place in range(count)
        ],
        Contribution.id,
    )
    insert_rows(
        session,
        Idea,
        [
            {
                "contribution_id": anchor,
                "board_id": board.id,
                "column_id": board.columns[0].id,
                "title": f"Lys langs stien, forslag {place}",
                "text": "Det er mørkt der om kvelden, og mange går hjem fra trening.",
                "published_at": start + timedelta(minutes=place),
                "support_count": place % 40,
                "revision": 1,
            }
            for place, anchor in enumerate(anchors)
        ],
    )
    return anchors


def _decisions(session: Session, dialogue: Dialogue, theme_ids: list[int]) -> list[int]:
    body = Body(
        dialogue=dialogue,
        name=words("The steering meeting"),
        power=BodyPower.DECIDES,
        created_at=clock.now(),
    )
    session.add(body)
    session.flush()
    moment = clock.now() - timedelta(40)
    found = insert_rows(
        session,
        Decision,
        [
            {
                "code": new_code(),
                "dialogue_id": dialogue.id,
                "body_id": body.id,
                "outcome": _OUTCOMES[place % 4][0],
                "reason": _OUTCOMES[place % 4][1],
                "explanation": words("Because many want it."),
                "decided_on": moment.date(),
                "released_at": moment,
                "created_at": moment,
            }
            for place, _theme in enumerate(theme_ids)
        ],
        Decision.id,
    )
    links = [
        {"theme_id": theme, "decision_id": decision, "placed_at": moment}
        for theme, decision in zip(theme_ids, found, strict=True)
    ]
    insert_rows(session, ThemeDecision, links)
    _history(session, dialogue.id, "decision", found, moment)
    return found


def _actions(session: Session, dialogue: Dialogue, decisions: list[int], count: int) -> None:
    owners = list(
        session.scalars(
            select(Organisation.id).where(Organisation.municipality_id == dialogue.municipality_id)
        )
    )
    today, moment = clock.today(), clock.now() - timedelta(35)
    rows = [_action(dialogue.id, owners[place % 3], place, today, moment) for place in range(count)]
    found = insert_rows(session, Action, rows, Action.id)
    insert_rows(
        session,
        DecisionAction,
        [
            {"decision_id": decisions[place % len(decisions)], "action_id": action, "placed_at": moment}
            for place, action in enumerate(found)
        ],
    )
    _history(session, dialogue.id, "action", found, moment)


def _action(dialogue_id: int, owner_id: int, place: int, today: date, moment: Any) -> dict[str, Any]:
    state = _STATES[place % len(_STATES)]
    has_ended = state in {ActionState.DONE, ActionState.PARTLY_DONE, ActionState.STOPPED}
    return {
        "code": new_code(),
        "dialogue_id": dialogue_id,
        "title": words(f"Low lights, part {place}"),
        "why": words("It is dark there."),
        "owner_id": owner_id,
        "due_on": today + timedelta(place % 400 - 20),
        "state": state,
        "asked_at": moment,
        "accepted_at": None if state is ActionState.PROPOSED else moment,
        "look_on": None if has_ended else today,
        "ended_on": today - timedelta(place % 20) if has_ended else None,
        "outcome": words("They shine.") if has_ended else words(""),
    }


def _history(session: Session, dialogue_id: int, kind: str, ids: list[int], moment: Any) -> None:
    line = {"dialogue_id": dialogue_id, "subject_kind": kind, "to_state": "done", "at": moment}
    insert_rows(session, StatusChange, [{**line, "subject_id": one} for one in ids])

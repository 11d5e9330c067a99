"""A whole country in one database: 350 municipalities, 100,000 ideas and 20,000 actions, with one dialogue and
one owner that are much larger than the others."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.content import insert_rows
from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.base.tokens import new_code
from dialogue.boards.models import Board, Column, Idea
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    DialogueState,
    Phase,
    PhaseKind,
    StatusChange,
)
from dialogue.followup import groups
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
from dialogue.people import operations as people
from dialogue.people.queries import actor_of
from dialogue.places.loading import load_places
from dialogue.places.models import Municipality, Organisation, OrganisationKind
from dialogue.posters import operations as posters
from dialogue.reporting.jobs import count_anew
from dialogue.web.permissions import Actor, Grant, Role, ScopeKind
from tests.support.make import words

MUNICIPALITIES = 350
DIALOGUES_EACH = 2
IDEAS = 100_000
IDEAS_OF_THE_LARGEST = 10_000
ACTIONS = 20_000
ACTIONS_OF_THE_LARGEST = 400
THEMES = 5
THEMES_OF_THE_LARGEST = 40

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


@dataclass(frozen=True)
class Nation:
    """The largest dialogue, what is in it and where it lies, and somebody who may see everything."""

    dialogue: str
    theme: str
    action: str
    group: str
    group_id: int
    poster: str
    municipality: str
    district: str
    organiser: str
    user_id: int


def fill(database: Database) -> Nation:
    """Make the tables and the country."""
    with database.writing() as session:
        Base.metadata.create_all(session.connection())
        load_places(session)
        session.flush()
        municipalities = session.scalars(
            select(Municipality).order_by(Municipality.number).limit(MUNICIPALITIES)
        ).all()
        dialogues = [made for place in municipalities for made in _dialogues(session, place)]
        session.flush()
        ideas = _shares(IDEAS, len(dialogues), IDEAS_OF_THE_LARGEST)
        actions = _shares(ACTIONS, len(dialogues), ACTIONS_OF_THE_LARGEST)
        for place, dialogue in enumerate(dialogues):
            _chain(
                session, dialogue, ideas[place], actions[place], THEMES if place else THEMES_OF_THE_LARGEST
            )
        grant = Grant(Role.ADMINISTRATOR, ScopeKind.EVERYTHING)
        user = people.create_user(session, "keeper@example.org", "Keeper", "nb", [grant])
        session.flush()
        nation = _around_the_largest(session, dialogues[0], actor_of(user))
    count_anew(database)
    tidy(database)
    return nation


def tidy(database: Database) -> None:
    """What PostgreSQL in use does by itself within minutes of such changes (autovacuum): take away what was
    replaced, and count anew what its plans go by. SQLite does nothing of the kind."""
    if database.is_sqlite:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _around_the_largest(session: Session, dialogue: Dialogue, keeper: Actor) -> Nation:
    """What people come to by a code: the largest dialogue gets a poster, and one of its groups a code."""
    poster = posters.make(session, keeper, dialogue.municipality, words("At the kiosk"), "kiosk")
    session.flush()
    posters.serve(session, keeper, poster, dialogue)
    group = groups.make(session, keeper, dialogue, groups.labels(session, dialogue)[0].name)
    _group, code = groups.for_slip(session, dialogue, group.id)
    theme, action = (
        session.scalars(
            select(kind.code).where(kind.dialogue_id == dialogue.id).order_by(kind.id).limit(1)
        ).one()
        for kind in (Theme, Action)
    )
    return Nation(
        dialogue=dialogue.code,
        theme=theme,
        action=action,
        group=code,
        group_id=group.id,
        poster=poster.code,
        municipality=dialogue.municipality.slug,
        district=dialogue.municipality.district.slug,
        organiser=dialogue.organiser.code,
        user_id=keeper.user_id,
    )


def _shares(total: int, count: int, largest: int) -> list[int]:
    """How many each of so many gets, the first so much more than the others."""
    rest, left = divmod(total - largest, count - 1)
    return [largest, *(rest + (place < left) for place in range(count - 1))]


def _dialogues(session: Session, place: Municipality) -> list[Dialogue]:
    today = clock.today()
    owners = [
        Organisation(
            kind=kind,
            name=words(f"{kind.value} {place.number}"),
            email=f"{kind.value}{place.number}@example.org",
            municipality=place,
            district_id=place.district_id,
        )
        for kind in (
            OrganisationKind.MUNICIPAL_SERVICE,
            OrganisationKind.POLICE_UNIT,
            OrganisationKind.SCHOOL,
        )
    ]
    session.add_all(owners)
    made = [
        Dialogue(
            state=DialogueState.PUBLISHED,
            title=words(f"Dialogue {number} in {place.name}"),
            question=words("What makes the evening safe?"),
            purpose=words("To find out together."),
            area=words(place.name),
            municipality=place,
            organiser=owners[1],
            controller=owners[0],
            languages=["nb", "nn", "en"],
            privacy_notice=words("What we keep."),
            contact_email="post@example.org",
            accessibility_url="https://uustatus.no/nb/erklaringer/publisert/test",
            answer_by=today - timedelta(30),
            created_at=clock.now() - timedelta(100),
            published_at=clock.now() - timedelta(100),
            set_up_at=clock.now() - timedelta(100),
            phases=[
                Phase(kind=PhaseKind.COLLECT, starts_on=today - timedelta(90), ends_on=today - timedelta(60)),
                Phase(kind=PhaseKind.DECIDE, starts_on=today - timedelta(59), ends_on=today - timedelta(30)),
                Phase(kind=PhaseKind.ACT, starts_on=today - timedelta(29), ends_on=today + timedelta(100)),
            ],
        )
        for number in range(DIALOGUES_EACH)
    ]
    session.add_all(made)
    return made


def _chain(session: Session, dialogue: Dialogue, ideas: int, actions: int, themes: int) -> None:
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

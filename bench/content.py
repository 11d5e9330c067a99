"""What a measured site holds: a dialogue with a board, a meeting and two surveys, made once in its database."""

import random
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.base.tokens import new_code
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState, StatusChange
from dialogue.meetings.models import Meeting, Registration, RegistrationStatus
from dialogue.residents.models import FollowCode
from dialogue.surveys import answering, questionnaire
from dialogue.surveys.answering import Cell
from dialogue.surveys.models import (
    Collector,
    Option,
    Question,
    QuestionKind,
    Survey,
    SurveyState,
    SurveyVersion,
)
from tests.support.make import Make, words

IDEAS_ON_THE_BOARD = 2_000
ANSWERS_TO_THE_SURVEY = 2_067
MORE_ROWS = 20_000
AT_A_TIME = 2_000


@dataclass(frozen=True)
class Site:
    """Where the pages to measure are."""

    dialogue: str
    board: str
    meeting: str
    collector: str
    results: str

    @property
    def pages(self) -> dict[str, str]:
        """The public pages by what they are."""
        return {
            "front page": "/nb/",
            "a dialogue": f"/nb/dialogues/{self.dialogue}",
            "a board, 40 of 2,000 ideas": f"/nb/boards/{self.board}",
        }

    @property
    def forms(self) -> dict[str, str]:
        """The pages with a form, by what is sent with it."""
        return {
            "idea": f"/nb/boards/{self.board}/write",
            "sign-up": f"/nb/meetings/{self.meeting}/sign-up",
            "answer": f"/nb/surveys/{self.collector}",
        }


def fill(database: Database) -> Site:
    """Make the tables and what is in them."""
    with database.writing() as session:
        Base.metadata.create_all(session.connection())
    make = Make(database)
    dialogue = make.dialogue()
    board = make.board(dialogue, columns=4)
    meeting = make.meeting(dialogue, capacity=1_000_000)
    site = Site(dialogue.code, board.code, meeting.code, "", "")
    make.close()
    with database.writing() as session:
        _ideas(session, session.get_one(Board, board.id), IDEAS_ON_THE_BOARD, ContributionState.PUBLISHED)
        still_open = _survey(session, dialogue.id, SurveyState.OPEN)
        closed = _survey(session, dialogue.id, SurveyState.CLOSED)
        _answers(session, closed, ANSWERS_TO_THE_SURVEY)
        site = replace(site, collector=still_open.collectors[0].code, results=closed.code)
    _take_stock(database)
    return site


def _take_stock(database: Database) -> None:
    """What a database does by itself within a minute: see how much lies where, to plan its reads by."""
    with database.writing() as session:
        session.execute(text("ANALYZE"))


def add_rows(database: Database, site: Site) -> None:
    """Add as many ideas, sign-ups and answers as a large city would give."""
    with database.writing() as session:
        board = session.scalars(select(Board).where(Board.code == site.board)).one()
        meeting = session.scalars(select(Meeting).where(Meeting.code == site.meeting)).one()
        survey = session.scalars(select(Survey).join(Collector).where(Collector.code == site.collector)).one()
        _ideas(session, board, MORE_ROWS, ContributionState.RECEIVED)
        _registrations(session, meeting, MORE_ROWS)
        _answers(session, survey, MORE_ROWS)
    _take_stock(database)


def _ideas(session: Session, board: Board, count: int, state: ContributionState) -> None:
    columns = [column.id for column in board.columns]
    rows = []
    for place, anchor in enumerate(
        contributions(session, board.dialogue_id, ContributionKind.IDEA, state, count)
    ):
        moment = clock.now() - timedelta(minutes=place)
        rows.append(
            {
                "contribution_id": anchor,
                "board_id": board.id,
                "column_id": columns[place % len(columns)],
                "title": f"Lys langs stien ved skolen, forslag {place}",
                "text": "Det er mørkt der om kvelden, og mange går hjem fra trening. Lavt lys holder. " * 2,
                "published_at": moment if state is ContributionState.PUBLISHED else None,
                "support_count": place % 40,
            }
        )
    insert_rows(session, Idea, rows)


def _registrations(session: Session, meeting: Meeting, count: int) -> None:
    anchors = contributions(
        session, meeting.dialogue_id, ContributionKind.REGISTRATION, ContributionState.RECEIVED, count
    )
    registered = {"meeting_id": meeting.id, "name": "Kari", "status": RegistrationStatus.REGISTERED}
    insert_rows(session, Registration, [{"contribution_id": anchor, **registered} for anchor in anchors])
    meeting.seats_taken += count


def contributions(
    session: Session, dialogue_id: int, kind: ContributionKind, state: ContributionState, count: int
) -> list[int]:
    """Anchors, each with a follow code and a line of history, as the operations leave them; their keys."""
    codes = [
        {"seed": secrets.token_bytes(32), "code_hash": secrets.token_bytes(32), "language": "nb"}
        for _ in range(count)
    ]
    moment = clock.now()
    anchors = insert_rows(
        session,
        Contribution,
        [
            {
                "code": new_code(12),
                "dialogue_id": dialogue_id,
                "kind": kind,
                "channel": Channel.WEB,
                "language": "nb",
                "state": state,
                "follow_code_id": follow_code,
                "received_at": moment,
            }
            for follow_code in insert_rows(session, FollowCode, codes, FollowCode.id)
        ],
        Contribution.id,
    )
    line = {"dialogue_id": dialogue_id, "subject_kind": "contribution", "to_state": state, "at": moment}
    insert_rows(session, StatusChange, [{**line, "subject_id": anchor} for anchor in anchors])
    return anchors


def insert_rows(
    session: Session, table: type[Base], rows: list[dict[str, Any]], key: Any = None
) -> list[int]:
    """Insert many rows, and return the values of ``key`` where it is given, in their order. What is given as None
    stays so, where the table has another default."""
    keys: list[int] = []
    as_given = {"render_nulls": True}
    for start in range(0, len(rows), AT_A_TIME):
        piece = rows[start : start + AT_A_TIME]
        if key is None:
            session.execute(insert(table), piece, execution_options=as_given)
        else:
            returning = insert(table).returning(key, sort_by_parameter_order=True)
            keys += session.scalars(returning, piece, execution_options=as_given)
    return keys


def _survey(session: Session, dialogue_id: int, state: SurveyState) -> Survey:
    """A survey with ten questions, published."""
    single = [_choice_question(place, QuestionKind.SINGLE) for place in range(1, 6)]
    rest = [
        _choice_question(6, QuestionKind.SEVERAL),
        _choice_question(7, QuestionKind.SEVERAL),
        Question(position=8, kind=QuestionKind.SCALE, text=words("Trygg?"), lowest=1, highest=5),
        Question(position=9, kind=QuestionKind.NUMBER, text=words("Hvor mange?"), lowest=0, highest=100),
        Question(position=10, kind=QuestionKind.LONG_TEXT, text=words("Hva mer?")),
    ]
    survey = Survey(
        dialogue_id=dialogue_id,
        state=state,
        title=words("Hvordan har du det her?"),
        intro=words("Det tar tre minutter."),
        results_public=True,
        questions=[*single, *rest],
        collectors=[Collector(name=words("Plakat"))],
    )
    session.add(survey)
    session.flush()
    form = questionnaire.freeze(questionnaire.draft_of(survey))
    survey.versions.append(SurveyVersion(number=1, published_at=clock.now(), form=form))
    session.flush()
    return survey


def _choice_question(place: int, kind: QuestionKind) -> Question:
    options = [Option(position=number, text=words(f"Svar {number}")) for number in range(1, 6)]
    return Question(position=place, kind=kind, text=words(f"Spørsmål {place}"), options=options)


def _answers(session: Session, survey: Survey, count: int) -> None:
    drawn = random.Random(2)
    sheets = [[_drawn(question, drawn) for question in survey.questions] for _ in range(count)]
    version, collector, day = survey.versions[0].id, survey.collectors[0], clock.today()
    for start in range(0, count, AT_A_TIME):
        answering.store(session, collector, version, "nb", day, sheets[start : start + AT_A_TIME])


def _drawn(question: Question, drawn: random.Random) -> Cell:
    if question.options:
        return Cell(question.id, option_id=drawn.choice(question.options).id)
    if question.kind is QuestionKind.LONG_TEXT:
        return Cell(question.id, text="Flere benker og mer lys.")
    return Cell(question.id, number=drawn.randint(question.lowest or 0, question.highest or 0))

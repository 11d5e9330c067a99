"""Kill -9 in the middle of submissions: what was acknowledged is there, and nothing is there twice."""

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from dialogue.base import clock
from dialogue.boards.models import Idea
from dialogue.surveys import questionnaire
from dialogue.surveys.models import (
    Answer,
    Collector,
    Question,
    QuestionKind,
    Survey,
    SurveyState,
    SurveyVersion,
)
from tests.server.conftest import Installation, free_port
from tests.server.visitor import Visitor
from tests.support.make import words

PEOPLE = 8
EACH_SENDS = 15
ACKNOWLEDGED = 302
SECONDS_IN_ALL = 60


@dataclass
class Crowd:
    """People who each send several things, and send again with the same key when they get no answer."""

    port: int
    path: str
    fields: dict[str, object]
    text_field: str
    acknowledged: list[str] = field(default_factory=list)
    sent_again: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def send_all(self, person: int) -> None:
        visitor = Visitor(self.port)
        deadline = time.monotonic() + SECONDS_IN_ALL
        for number in range(EACH_SENDS):
            text = f"Lys ved skolen, {person}-{number}"
            filled: dict[str, object] | None = None
            tries = 0
            while time.monotonic() < deadline:
                try:
                    filled = filled or {**visitor.form(self.path), **self.fields, self.text_field: text}
                    tries += 1
                    answer = visitor.post(self.path, filled)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.05)
                    continue
                if answer.status == ACKNOWLEDGED:
                    self.acknowledged.append(text)
                    if tries > 1:
                        self.sent_again.append(text)
                    break
                # A rush is told as such, and then one sends again; nothing else may come back.
                if answer.status != 503:
                    self.faults.append(f"{text}: {answer.status}")
                    return


def send_through_a_crash(installation: Installation, crowd: Crowd) -> int:
    """Let the crowd send; kill the server in between and start it anew. How many had been acknowledged then."""
    people = [threading.Thread(target=crowd.send_all, args=(person,)) for person in range(PEOPLE)]
    with installation.serve(port=crowd.port) as server:
        for person in people:
            person.start()
        deadline = time.monotonic() + 20
        while len(crowd.acknowledged) < PEOPLE * 3 and time.monotonic() < deadline:
            time.sleep(0.005)
        server.kill()
        before = len(crowd.acknowledged)
    with installation.serve(port=crowd.port):
        for person in people:
            person.join(SECONDS_IN_ALL)
    return before


def check(crowd: Crowd, before: int, stored: Counter[str]) -> None:
    assert not crowd.faults
    assert 0 < before < PEOPLE * EACH_SENDS, "the crash came before or after everything"
    assert len(crowd.acknowledged) == PEOPLE * EACH_SENDS
    assert stored == Counter(crowd.acknowledged)


def test_a_crash_loses_no_acknowledged_idea_and_stores_none_twice(installation):
    # The maker is held, since what it made can be looked around in only as long as it lives.
    make = installation.make
    board = make.board()
    column, path = board.columns[0].id, f"/nb/boards/{board.code}/write"
    crowd = Crowd(free_port(), path, {"column": column, "text": "Det er mørkt der."}, "title")
    before = send_through_a_crash(installation, crowd)
    with installation.database.reading() as session:
        check(crowd, before, Counter(session.scalars(select(Idea.title))))


def test_a_crash_loses_no_acknowledged_answer_and_stores_none_twice(installation):
    code, question = open_survey(installation)
    crowd = Crowd(free_port(), f"/nb/surveys/{code}", {}, f"q{question}")
    before = send_through_a_crash(installation, crowd)
    with installation.database.reading() as session:
        check(crowd, before, Counter(session.scalars(select(Answer.text))))


def open_survey(installation: Installation) -> tuple[str, int]:
    """A survey with one question, open; its collector's code and the question's id."""
    question = Question(position=1, kind=QuestionKind.SHORT_TEXT, text=words("What would help?"))
    survey = Survey(
        dialogue_id=installation.make.dialogue().id,
        state=SurveyState.OPEN,
        title=words("How is it here?"),
        intro=words("Three minutes."),
        questions=[question],
        collectors=[Collector(name=words("Poster"))],
    )
    with installation.database.writing() as session:
        session.add(survey)
        session.flush()
        form = questionnaire.freeze(questionnaire.draft_of(survey))
        survey.versions.append(SurveyVersion(number=1, published_at=clock.now(), form=form))
        session.flush()
        return survey.collectors[0].code, question.id


@pytest.mark.parametrize("again", [1, 2])
def test_the_same_form_sent_again_after_a_restart_is_stored_once(installation, again):
    # The maker is held, since what it made can be looked around in only as long as it lives.
    make = installation.make
    board = make.board()
    path = f"/nb/boards/{board.code}/write"
    with installation.serve() as server:
        filled = Visitor(server.port).form(path)
        filled |= {"column": board.columns[0].id, "title": "Benker", "text": "Ved butikken."}
        first = Visitor(server.port).post(path, filled)
    with installation.serve() as server:
        answers = [Visitor(server.port).post(path, filled) for _ in range(again)]
    assert {answer.headers["Location"] for answer in answers} == {first.headers["Location"]}
    with installation.database.reading() as session:
        assert session.scalars(select(Idea.title)).all() == ["Benker"]

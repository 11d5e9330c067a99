"""When a board is open, and by when an idea is read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialogue.base.i18n import speaking
from dialogue.boards import rules
from dialogue.boards.models import Board, BoardStage
from dialogue.boards.walls import BoardWall
from dialogue.dialogues.models import Dialogue, DialogueState

DAY = date(2026, 11, 20)


def a_board(stage=BoardStage.OPEN, dialogue=DialogueState.PUBLISHED, closes_on=None, officer=7):
    here = Dialogue(state=dialogue, duty_officer_id=officer)
    return Board(wall=BoardWall.CAREFUL, stage=stage, closes_on=closes_on, dialogue=here)


@pytest.mark.parametrize(
    ("board", "is_taking"),
    [
        (a_board(), True),
        (a_board(closes_on=DAY), True),
        (a_board(closes_on=DAY - timedelta(1)), False),
        (a_board(stage=BoardStage.FREEZE), False),
        (a_board(dialogue=DialogueState.DRAFT), False),
        (a_board(dialogue=DialogueState.CLOSED), False),
        (a_board(officer=None), False),
    ],
)
def test_a_board_is_open_until_its_last_day_unless_somebody_closed_it(board, is_taking):
    # Until midnight on the clock in Norway.
    for moment in (datetime(2026, 11, 19, 23, 0, tzinfo=UTC), datetime(2026, 11, 20, 22, 59, tzinfo=UTC)):
        assert rules.takes_ideas(board, moment) is is_taking
        assert rules.takes_support(board, moment) is is_taking


@pytest.mark.parametrize(
    ("came", "read_by"),
    [
        (datetime(2026, 11, 18, 9, tzinfo=UTC), date(2026, 11, 19)),
        # A Friday and the weekend: on Monday. Late on Thursday evening in Norway it is Friday in UTC, or not yet.
        (datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_an_idea_is_promised_to_be_read_within_one_working_day(came, read_by):
    assert rules.read_by(came) == read_by
    assert not rules.is_late(came, read_by)
    assert rules.is_late(came, read_by + timedelta(1))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.5, "Came just now"),
        (1, "Has waited 1 hour"),
        (23, "Has waited 23 hours"),
        (49, "Has waited 2 days"),
    ],
)
def test_waiting_time_is_told_in_hours_or_days(hours, words):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with speaking("en"):
        assert rules.waited(now - timedelta(hours=hours), now) == words

"""Two who condense or decide at the same moment, over real connections."""

import contextlib
import threading
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from dialogue.base.errors import Closed
from dialogue.followup import deciding, themes
from dialogue.followup.models import Theme, ThemeContribution, ThemeDecision
from tests.followup.conftest import a_decision


def at_once(*calls: Callable[[], object]) -> list[BaseException]:
    """Run all at the same moment; return what was raised."""
    gate = threading.Barrier(len(calls))
    raised: list[BaseException] = []

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            call()
        except (IntegrityError, OperationalError) as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_an_idea_placed_by_two_at_once_lies_in_one_theme(a_round, read):
    ideas = [a_round.idea(f"Idea {number}") for number in range(6)]
    targets = [a_round.theme(f"Theme {number}") for number in range(4)]
    assert at_once(*(lambda theme=theme: a_round.place(theme, *ideas) for theme in targets)) == []
    present = read(select(ThemeContribution.contribution_id).where(ThemeContribution.removed_at.is_(None)))
    assert sorted(present) == [idea.contribution_id for idea in ideas]


def test_of_two_decisions_at_once_one_is_in_force_and_both_are_kept(a_round, read):
    theme, body = a_round.theme("Light", a_round.idea()), a_round.body()

    def decide(key: str) -> None:
        with a_round.make.database.writing() as session:
            found = session.get_one(Theme, theme.id)
            deciding.decide(session, a_round.organiser, found, a_decision(body_id=body.id), key)

    assert at_once(*(lambda key=key: decide(key) for key in "abcd")) == []
    removed = read(select(ThemeDecision.removed_at))
    assert len(removed) == 4
    assert removed.count(None) == 1


def test_a_merge_and_a_placing_at_once_leave_nothing_in_a_theme_put_away(a_round, database, read):
    source, target = a_round.theme("Source", a_round.idea()), a_round.theme("Target")
    late = a_round.idea("Late")

    def merge() -> None:
        with database.writing() as session:
            themes.merge(
                session, a_round.organiser, *(session.get_one(Theme, one.id) for one in (source, target))
            )

    def place() -> None:
        with contextlib.suppress(Closed):
            a_round.place(source, late)

    assert at_once(merge, place) == []
    present = select(ThemeContribution.theme_id).where(ThemeContribution.removed_at.is_(None))
    assert source.id not in read(present)

"""What happens at the same moment, over real connections: freezing, quoting, taking back, and patrols' taps."""

import contextlib

from sqlalchemy import select

from dialogue.base.errors import Closed, Invalid
from dialogue.briefs import operations as briefs, patrols
from dialogue.briefs.models import Brief, BriefSending, PatrolMonth, PatrolWish, Quote
from dialogue.briefs.operations import Receivers
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from tests.briefs.conftest import NO_DOCUMENTS
from tests.followup.test_races import at_once


def test_what_is_taken_back_while_a_brief_is_frozen_stands_in_none(a_round, read):
    body = a_round.body()
    for number in range(4):
        idea = a_round.idea(f"Secret {number}")
        a_round.worded(f"Theme {number}", idea)

        def freeze() -> None:
            with contextlib.suppress(Closed, Invalid):
                a_round.freeze(body)

        assert at_once(freeze, lambda idea=idea: a_round.withdraw(idea)) == []
        assert all(f"Secret {number}" not in str(content) for content in read(select(Brief.content)))


def test_what_is_taken_back_while_it_is_quoted_is_not_quoted(a_round, read):
    for number in range(4):
        idea = a_round.idea(f"Idea {number}")
        a_round.theme(f"Theme {number}", idea)
        raised = at_once(
            lambda idea=idea, number=number: a_round.quote(idea, f"Idea {number}, please."),
            lambda idea=idea: a_round.withdraw(idea),
        )
        assert raised == []
    assert read(select(Quote)) == []
    assert set(read(select(Contribution.state))) == {ContributionState.WITHDRAWN}


def test_two_versions_frozen_at_once_have_numbers_of_their_own(a_round, read):
    a_round.worded("Light", a_round.idea())
    body = a_round.body()
    assert at_once(*(lambda: a_round.freeze(body) for _time in range(3))) == []
    assert sorted(read(select(Brief.number))) == [1, 2, 3]


def test_a_version_sent_to_the_same_body_by_two_at_once_is_sent_once(a_round, make, read):
    a_round.worded("Light", a_round.idea())
    brief, more = a_round.freeze(), a_round.body("Another")

    def send() -> None:
        with make.database.writing() as session:
            briefs.send(
                session, a_round.organiser, session.get_one(Brief, brief.id), Receivers({more.id: None})
            )

    assert at_once(send, send, send) == []
    assert len(read(select(BriefSending))) == 2


def test_the_same_page_frozen_by_two_at_once_makes_one_version(a_round, make, read):
    a_round.worded("Light", a_round.idea())
    body, content = a_round.body(), a_round.content()

    def freeze() -> None:
        with make.database.writing() as session:
            here = session.get_one(Dialogue, a_round.dialogue.id)
            to = Receivers({body.id: None})
            briefs.freeze(session, a_round.organiser, here, content, NO_DOCUMENTS, to, "one key")

    assert at_once(freeze, freeze, freeze) == []
    assert read(select(Brief.number)) == [1]


def test_no_tap_of_a_patrol_is_lost(a_round, make, read):
    wish = a_round.wish(a_round.worded())

    def tap(key: str) -> None:
        with make.database.writing() as session:
            patrols.was_there(session, session.get_one(PatrolWish, wish.id), key)

    assert at_once(*(lambda key=key: tap(key) for key in ("a", "b", "c", "d", "d"))) == []
    assert read(select(PatrolMonth.times)) == [4]

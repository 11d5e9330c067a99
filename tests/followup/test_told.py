"""Those who left an address are told, once each, gathered to one mail a week, and can stop it with one click."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from dialogue.actions import operations as actions
from dialogue.actions.models import ActionState
from dialogue.base import clock
from dialogue.base.outbox import OutboxMail
from dialogue.boards import operations as boards
from dialogue.boards.models import Idea
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import feedback
from dialogue.followup.models import DecisionOutcome, Told
from dialogue.followup.queries_untold import STILL_NEWS, Untold
from dialogue.meetings import planning
from dialogue.residents.models import Contact
from tests.support.make import words


def travel(day: date, hour: int = 12, minute: int = 0) -> None:
    """Let it be this time of this day in Norway."""
    clock.move_to(clock.in_norway(datetime.combine(day, time(hour, minute))) - datetime.now(UTC))


def later(days: int = 0, hour: int | None = None) -> None:
    """Let so many days pass, to the same time or to this hour."""
    clock.move_to(clock.ahead() + timedelta(days))
    if hour is not None:
        travel(clock.today(), hour)


@pytest.fixture(autouse=True)
def _noon(house):
    """Nobody is written to at night, so these tests begin at noon, on a day when no clock is moved."""
    travel(date(2027, 2, 1))


@pytest.fixture
def give(client, a_round, database):
    """Writes an idea as a resident who leaves an address, publishes it, and tells what there is so far."""

    def write(
        title: str = "Lights", email: str = "kim@example.org", language: str = "en", **how: str
    ) -> Idea:
        page = client.get(f"/{language}/boards/{a_round.board.code}/write")
        column = a_round.board.columns[0].id
        page = client.send(page, {"column": column, "title": title, "text": "By the path."})
        client.send(page, {"email": email, **how}, action="/address")
        with database.writing() as session:
            idea = session.scalars(select(Idea).where(Idea.title == title)).one()
            boards.publish(session, idea, None)
        feedback.tell(database)
        return idea

    return write


@pytest.fixture
def mails(database, read):
    """The mails since it was last asked, after the job has run."""
    seen: set[int] = set()

    def new() -> list[OutboxMail]:
        feedback.tell(database)
        found = [mail for mail in read(select(OutboxMail).order_by(OutboxMail.id)) if mail.id not in seen]
        seen.update(mail.id for mail in found)
        return [mail for mail in found if mail.to == "kim@example.org"]

    return new


@pytest.fixture
def done(a_round, database):
    """Reports an action as done."""

    def finish(action, text: str = "They shine"):
        with database.writing() as session:
            found = session.get_one(type(action), action.id)
            actions.finish(session, a_round.organiser, found, found.revision, ActionState.DONE, words(text))

    return finish


def test_a_decision_is_told_with_outcome_explanation_and_the_way_to_the_follow_page(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    later(8)
    a_round.decide(theme, DecisionOutcome.NOT_NOW, explanation=words("The money is spent"))
    (mail,) = mails()
    assert "Not now" in mail.text
    assert "The money is spent (en)" in mail.text
    assert "http://localhost/en/follow/" in mail.text
    assert mail.unsubscribe_url.startswith("http://localhost/en/unsubscribe/")


def test_what_happens_within_a_minute_is_gathered_in_one_mail(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    later(8)
    a_round.action(a_round.decide(theme))
    (mail,) = mails()
    assert "Taken up" in mail.text
    assert "Accepted: New lights" in mail.text


def test_nothing_is_told_twice(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    later(8)
    a_round.decide(theme)
    assert len(mails()) == 1
    assert mails() == []


def test_jobs_that_run_at_once_tell_once(give, mails, a_round, database, read):
    theme = a_round.theme("Light", give())
    mails()
    later(8)
    a_round.decide(theme)
    threads = [threading.Thread(target=feedback.tell, args=(database,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mails()) == 1


def test_each_is_told_in_their_own_language(give, mails, a_round):
    theme = a_round.theme("Light", give(language="nn"))
    mails()
    later(8)
    a_round.decide(theme, explanation=words("We do it"))
    (mail,) = mails()
    assert mail.language == "nn"
    assert "We do it (nn)" in mail.text
    assert "/nn/follow/" in mail.text


@pytest.mark.parametrize("options", [{"accepted": False}, {"is_internal": True}])
def test_an_action_that_is_not_public_is_not_told(give, mails, a_round, options):
    decision = a_round.decide(a_round.theme("Light", give()))
    later(8)
    mails()
    later(8)
    a_round.action(decision, **options)
    assert mails() == []


def test_the_outcome_of_an_action_is_told(give, mails, a_round, database):
    action = a_round.action(a_round.decide(a_round.theme("Light", give())))
    mails()
    later(8)
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.finish(
            session, a_round.organiser, found, found.revision, ActionState.DONE, words("They shine")
        )
    (mail,) = mails()
    assert "Done: New lights" in mail.text
    assert "They shine (en)" in mail.text


def test_a_returned_idea_is_told_with_the_reason(give, mails, database):
    idea = give()
    mails()
    later(8)
    with database.writing() as session:
        one = session.get_one(Contribution, idea.contribution_id)
        contributions.move(session, one, ContributionState.RETURNED, public_text=words("It names somebody"))
    (mail,) = mails()
    assert "Not published" in mail.text
    assert "It names somebody (en)" in mail.text


def test_what_happened_before_the_address_was_left_is_not_mailed(give, mails, a_round, client, read):
    theme = a_round.theme("Light", give())
    a_round.decide(theme)
    mails()
    assert [mail.subject for mail in read(select(OutboxMail))].count("We will tell you what comes of it") == 1


def test_the_words_of_the_giver_are_not_mailed_to_an_unchecked_address(give, read):
    give("Buy at [evil](http://evil.example)")
    assert not any("evil" in mail.text or "evil" in mail.html for mail in read(select(OutboxMail)))


def test_one_click_stops_the_mails_without_a_page_or_a_cookie(give, mails, a_round, house, read):
    theme = a_round.theme("Light", give())
    (mail, *_) = mails()
    path = mail.unsubscribe_url.removeprefix("http://localhost")
    # A mail program sends no origin and knows no token.
    answer = house.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert read(select(Contact.id)) == []
    a_round.decide(theme)
    assert mails() == []


def test_a_mail_scanner_that_opens_the_link_stops_nothing(give, mails, client, read):
    give()
    path = mails()[0].unsubscribe_url.removeprefix("http://localhost")
    page = client.get(path)
    assert page.heading == "Stop the mails?"
    assert len(read(select(Contact.id))) == 1
    assert client.send(page).heading == "You get no more mails"
    assert read(select(Contact.id)) == []


@pytest.mark.parametrize("token", ["1.AAAA", "x.y", "1", "99999999999999999999.A", "1.æøå"])
def test_a_made_up_link_stops_nothing_and_tells_nothing(give, client, read, token):
    give()
    assert client.get(f"/en/unsubscribe/{token}").heading == "You get no more mails"
    assert client.post(f"/en/unsubscribe/{token}").status == 200
    assert len(read(select(Contact.id))) == 1


def test_taking_the_idea_back_forgets_the_address_and_ends_the_mails(
    give, mails, a_round, client, read, database
):
    theme = a_round.theme("Light", give())
    (mail, *_) = mails()
    path = next(
        word for word in mail.text.replace("(", " ").replace(")", " ").split() if "/en/follow/" in word
    )
    page = client.get(path.removeprefix("http://localhost"))
    page = client.get(page.link("Take the idea back"))
    page = client.send(page)
    assert "You took it back" in page.text
    assert read(select(Contact.id)) == []
    assert read(select(Contribution.state)) == [ContributionState.WITHDRAWN]
    assert read(select(Idea.title)) == [""]
    a_round.decide(theme)
    assert mails() == []


def test_told_rows_are_kept_for_each_change_and_contribution(give, a_round, database, read):
    theme = a_round.theme("Light", give("One"), give("Two"))
    later(8)
    feedback.tell(database)
    before = len(read(select(Told.status_change_id)))
    later(8)
    a_round.decide(theme)
    feedback.tell(database)
    assert len(read(select(Told.status_change_id))) == before + 2


def test_one_page_cannot_fill_a_strangers_mailbox(client, a_round, read):
    page = client.get(f"/en/boards/{a_round.board.code}/write")
    page = client.send(
        page, {"column": a_round.board.columns[0].id, "title": "Lights", "text": "By the path."}
    )
    for _ in range(5):
        client.send(page, {"email": "stranger@example.org"}, action="/address")
    assert read(select(OutboxMail.to)) == ["stranger@example.org"]


def test_an_action_that_was_hidden_in_time_is_not_told(give, mails, a_round, database):
    decision = a_round.decide(a_round.theme("Light", give()))
    later(8)
    mails()
    later(8)
    action = a_round.action(decision)
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.show(session, a_round.organiser, found, found.revision, True)
    assert mails() == []


def test_news_are_gathered_until_a_week_has_passed_since_the_last_mail(give, mails, a_round):
    theme, other = a_round.theme("Light", give()), a_round.theme("Benches", give("Benches"))
    mails()
    later(2)
    a_round.decide(theme)
    assert mails() == []
    later(4)
    a_round.decide(other, explanation=words("Ten benches"))
    assert mails() == []
    later(1)
    (mail,) = mails()
    assert "We do it (en)" in mail.text
    assert "Ten benches (en)" in mail.text


def test_who_asks_to_be_told_at_once_is_told_at_once(give, mails, a_round):
    theme = a_round.theme("Light", give(at_once="y"))
    mails()
    a_round.decide(theme)
    assert len(mails()) == 1


def test_how_often_is_chosen_anew_on_the_follow_page(give, mails, a_round, client):
    theme = a_round.theme("Light", give())
    (mail, *_) = mails()
    page = client.send(client.get(follow_page(mail)), {"how": "at_once"}, action="/address/how")
    assert page.html.select_one("[name=how][value=at_once]").has_attr("checked")
    a_round.decide(theme)
    assert len(mails()) == 1
    a_round.decide(theme, DecisionOutcome.NOT_NOW)
    client.send(page, {"how": "weekly"}, action="/address/how")
    assert mails() == []
    later(7)
    assert len(mails()) == 1


@pytest.mark.parametrize("how", ["hourly", "never", ""])
def test_a_choice_that_is_none_changes_nothing(give, mails, client, read, how):
    give(at_once="y")
    page = client.send(client.get(follow_page(mails()[0])), {"how": how}, action="/address/how")
    assert page.status == 422
    assert read(select(Contact.at_once)) == [True]


def test_one_address_gets_one_mail_a_week_however_many_ideas_it_was_left_with(give, mails, a_round):
    one, two = a_round.theme("Light", give("Lights")), a_round.theme("Benches", give("Benches"))
    mails()
    later(8)
    a_round.decide(one, explanation=words("Twelve lights"))
    assert len(mails()) == 1
    later(1)
    a_round.decide(two, explanation=words("Ten benches"))
    assert mails() == []
    later(6)
    (mail,) = mails()
    assert "Ten benches (en)" in mail.text
    assert "Twelve lights" not in mail.text


def test_what_happened_to_two_ideas_alike_is_said_once_with_both_codes(give, mails, a_round):
    theme = a_round.theme("Light", give("Lights"), give("Lamps"))
    mails()
    later(8)
    a_round.decide(theme, explanation=words("Twelve lights"))
    (mail,) = mails()
    assert mail.text.count("Twelve lights (en)") == 1
    assert mail.text.count("Your follow code is") == 2


def test_an_update_is_told_with_the_next_step_and_never_by_itself(give, mails, a_round, database, done):
    action = a_round.action(a_round.decide(a_round.theme("Light", give())))
    mails()
    later(8)
    mails()
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.report(session, a_round.organiser, found, found.revision, words("The poles are up"), True)
    later(8)
    assert mails() == []
    done(action)
    (mail,) = mails()
    assert mail.text.index("The poles are up (en)") < mail.text.index("Done: New lights")


def test_who_is_told_that_it_is_done_is_asked_once_whether_it_helped(
    give, mails, a_round, database, done, client
):
    action = a_round.action(a_round.decide(a_round.theme("Light", give())))
    later(8)
    mails()
    later(8)
    done(action)
    (mail,) = mails()
    address = f"#helped-{action.code}"
    assert "Did it help?" in mail.text
    assert address in mail.text
    assert client.get(follow_page(mail)).html.select_one(address)
    with database.writing() as session:
        found = session.get_one(type(action), action.id)
        actions.reopen(session, a_round.organiser, found, found.revision)
    later(8)
    mails()
    later(8)
    done(action, "All of them shine")
    (mail,) = mails()
    assert "All of them shine (en)" in mail.text
    assert "Did it help?" not in mail.text


@pytest.mark.parametrize(("hour", "told"), [(7, 0), (8, 1), (19, 1), (20, 0), (0, 0)])
def test_nobody_is_written_to_at_night(give, mails, a_round, hour, told):
    theme = a_round.theme("Light", give())
    mails()
    later(8, hour)
    a_round.decide(theme)
    assert len(mails()) == told
    later(1, 8)
    assert len(mails()) == 1 - told


@pytest.mark.parametrize("night", [date(2027, 3, 28), date(2027, 10, 31)])
def test_the_hours_are_those_of_the_clock_on_the_wall_when_clocks_are_moved(give, mails, a_round, night):
    travel(night - timedelta(30))
    theme = a_round.theme("Light", give())
    mails()
    travel(night - timedelta(1), 22)
    a_round.decide(theme)
    assert mails() == []
    travel(night, 7, 59)
    assert mails() == []
    travel(night, 8)
    assert len(mails()) == 1


@pytest.mark.parametrize("night", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_week_with_an_hour_more_or_less_is_never_less_than_a_week(give, mails, a_round, night):
    travel(night - timedelta(3))
    theme = a_round.theme("Light", give())
    assert mails()
    a_round.decide(theme)
    sent_at = clock.now()
    for _ in range(24 * 9):
        clock.move_to(clock.ahead() + timedelta(hours=1))
        if mails():
            break
    assert timedelta(7) <= clock.now() - sent_at < timedelta(8)


def test_what_waited_for_its_week_is_told_after_the_worker_stood_still(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    later(1)
    a_round.decide(theme)
    later(STILL_NEWS.days + 6)
    assert len(mails()) == 1


def test_what_is_older_than_any_news_is_not_told(give, mails, a_round):
    theme = a_round.theme("Light", give())
    mails()
    later(1)
    a_round.decide(theme)
    later(STILL_NEWS.days + 8)
    assert mails() == []


def test_in_the_week_before_a_day_that_matters_everything_is_told(give, mails, a_round, database):
    theme = a_round.theme("Light", give())
    holiday = clock.today() + timedelta(10)
    with database.writing() as session:
        session.execute(update(Dialogue).values(tell_before=holiday, tell_before_what=words("the holiday")))
    mails()
    later(2)
    a_round.decide(theme)
    assert mails() == []
    later(1)
    assert clock.today() == holiday - timedelta(7)
    assert len(mails()) == 1
    # Gathered even then, to one mail a day.
    a_round.decide(theme, DecisionOutcome.NOT_NOW)
    assert mails() == []
    later(1)
    assert len(mails()) == 1
    # From that day on it is a week again.
    travel(holiday)
    a_round.decide(theme)
    assert mails() == []


def test_the_rule_of_when_is_as_it_is_written():
    now = clock.in_norway(datetime.combine(date(2027, 6, 10), time(12)))
    new = Untold(1, 1, True, 1, "kim@example.org", False, now - timedelta(days=6), None)

    def is_due(**values: object) -> bool:
        return feedback.is_due([Untold(**{**vars(new), **values})], now)  # type: ignore[arg-type]

    assert not is_due()
    assert is_due(last_mail=None)
    assert is_due(last_mail=now - timedelta(days=7))
    assert is_due(at_once=True)
    assert not is_due(at_once=True, is_step=False)
    assert not is_due(last_mail=None, is_step=False)
    assert is_due(before=date(2027, 6, 17), is_step=False)
    assert is_due(before=date(2027, 6, 11))
    assert not is_due(before=date(2027, 6, 10))
    assert not is_due(before=date(2027, 6, 18))
    assert not is_due(before=date(2027, 6, 17), last_mail=now - timedelta(hours=23))
    assert not feedback.is_due([], now)


@pytest.fixture
def plan(a_round, database):
    """Plans a meeting in the dialogue, so many days from now."""

    def make(days: int = 20):
        starts = clock.local(clock.now()).replace(tzinfo=None, microsecond=0) + timedelta(days)
        draft = planning.Plan(
            words("Second talk"), words("Come."), starts, 90, "Grendehuset", "", 20, starts - timedelta(1)
        )
        with database.writing() as session:
            dialogue = session.get_one(Dialogue, a_round.dialogue.id)
            return planning.plan_meeting(session, a_round.organiser, dialogue, draft, f"plan {days}")

    return make


def test_a_meeting_that_is_planned_after_they_gave_is_told_with_when_and_where(give, mails, plan):
    give()
    give("Benches")
    mails()
    later(8)
    meeting = plan()
    (mail,) = mails()
    assert mail.text.count("New meeting: Second talk") == 1
    assert "Grendehuset" in mail.text
    assert f"http://localhost/en/meetings/{meeting.code}" in mail.text


def test_a_meeting_planned_before_cancelled_or_over_is_not_told(give, mails, plan, a_round, database):
    plan(30)
    give()
    assert not any("New meeting" in mail.text for mail in mails())
    later(1)
    off, soon = plan(25), plan(2)
    with database.writing() as session:
        planning.cancel_meeting(session, a_round.organiser, session.get_one(type(off), off.id))
    assert soon.starts_local
    later(9)
    assert mails() == []


def test_one_click_stops_every_mail_to_the_address(give, mails, a_round, house, read):
    theme = a_round.theme("Light", give(), give("Lamps"))
    path = mails()[-1].unsubscribe_url.removeprefix("http://localhost")
    house.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert read(select(Contact.id)) == []
    later(8)
    a_round.decide(theme)
    assert mails() == []


def test_a_year_with_downtime_loses_nothing_and_doubles_nothing(give, mails, a_round, done, read):
    """A step every five days, and a worker that is away for up to twenty: each is told once, a week apart."""
    theme = a_round.theme("Light", give())
    told, sent_at, expected = [], [clock.now()], []
    assert mails()
    for number in range(40):
        later(5, hour=(3, 9, 15, 22)[number % 4])
        a_round.decide(theme, explanation=words(f"Step {number}."))
        expected.append(f"Step {number}. (en)")
        if number % 10 < 6:
            for mail in mails():
                told.append(mail.text)
                sent_at.append(clock.now())
    later(8, hour=12)
    told += [mail.text for mail in mails()]
    # What was decided anew before it was told is not told; what stood then is, once.
    assert all(sum(step in text for text in told) <= 1 for step in expected)
    assert expected[-1] in told[-1]
    assert all(after - before >= timedelta(7) for before, after in pairwise(sent_at))


def follow_page(mail: OutboxMail) -> str:
    """The address of the follow page that stands in a mail."""
    written = mail.text.replace("(", " ").replace(")", " ").split()
    return (
        next(word for word in written if "/en/follow/" in word).removeprefix("http://localhost").split("#")[0]
    )

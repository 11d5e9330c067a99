"""A year of reminders: summer time begins and ends, holidays come, the machine stands still now and then."""

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from dialogue.actions import handing, jobs, operations, pausing
from dialogue.actions.models import Action, ActionState, Reminder
from dialogue.actions.occasions import occasion_for
from dialogue.actions.rules import AT_WORK, OPEN, LinkHolder
from dialogue.base import clock, workdays
from dialogue.base.i18n import Translated
from dialogue.base.outbox import OutboxMail
from dialogue.places.models import Organisation
from tests.actions.conftest import Scene
from tests.support.make import words

FIRST, LAST = date(2027, 2, 1), date(2028, 1, 31)
# Before work, in it, and after it; some of these the machine sleeps through.
HOURS = (3, 8, 15, 21)
# The machine stands still over Easter, in the middle of summer, and around the end of summer time.
STANDS_STILL = (
    (date(2027, 3, 24), date(2027, 3, 31)),
    (date(2027, 7, 5), date(2027, 7, 16)),
    (date(2027, 10, 29), date(2027, 11, 2)),
)


class Year:
    """Owners, actions and what happens to them, drawn at random but always the same."""

    def __init__(self, scene, database):
        self.scene, self.database, self.random = scene, database, Random(3)
        self.owners = [scene.new_owner(language="en") for _number in range(6)]
        with database.writing() as session:
            for number, owner in enumerate(self.owners):
                found = session.get_one(Organisation, owner.id)
                found.weekly_mail = number % 2 == 0
                found.tells_leader = number < 3
                # One leader of two organisations, and one who reads the mailbox of a third.
                found.leader_email = "leader@example.org" if number < 2 else self.owners[5].email
        self.number = 0
        self.told = set()
        self.mailed = defaultdict(set)
        self.mails_seen = 0

    def happens(self, day):
        """What people do on a day."""
        if self.random.random() < 0.3:
            self.number += 1
            due = day + timedelta(self.random.randrange(1, 60))
            owner = self.random.choice(self.owners)
            self.scene.proposed(title=words(f"Deed {self.number}"), due_on=due, owner_id=owner.id)
        with self.database.reading() as session:
            actions = list(session.scalars(select(Action).where(Action.state.in_(OPEN)).order_by(Action.id)))
        for action in self.random.sample(actions, min(1, len(actions))):
            self._step(action, day)

    def _step(self, action, day):
        holder = LinkHolder(action.id, action.owner_id)
        take, draw = self.scene.take, self.random.random()
        if action.state is ActionState.PROPOSED and day <= action.due_on:
            if draw < 0.7:
                take(operations.accept, holder, action)
        elif action.suggested_due_on is not None:
            if action.suggested_due_on >= day:
                take(operations.accept_suggested_date, self.scene.organising, action)
        elif action.state in AT_WORK:
            if draw < 0.15:
                take(operations.finish, holder, action, ActionState.DONE, Translated(en="There."))
            elif draw < 0.3:
                later = day + timedelta(self.random.randrange(1, 20))
                text = Translated(en=f"We go on, {day}.")
                take(operations.report, holder, action, text, True, later)
            elif draw < 0.4:
                take(
                    pausing.snooze, holder, action, day + timedelta(self.random.randrange(1, 30)), "Holiday."
                )
            elif draw < 0.5:
                take(
                    operations.suggest_date,
                    holder,
                    action,
                    day + timedelta(self.random.randrange(61, 90)),
                    "",
                )
            elif draw < 0.6:
                person = f"person{self.random.randrange(4)}@example.org"
                if person != action.person_email:
                    take(handing.hand_over, holder, action, "Somebody", person)

    def expected(self, today):
        """What each address is to be told now, worked out one action after the other."""
        found = defaultdict(set)
        with self.database.reading() as session:
            open_ones = select(Action).where(Action.state.in_(OPEN)).options(joinedload(Action.owner))
            for action in session.scalars(open_ones):
                owner = action.owner
                leader = owner.leader_email if owner.tells_leader else ""
                for address, to_leader in ((action.person_email or owner.email, False), (leader, True)):
                    occasion = occasion_for(action, today, to_leader=to_leader)
                    if not address or occasion is None or today in self.mailed[address]:
                        continue
                    line = (action.id, occasion.kind, occasion.counted_from(action))
                    if line not in self.told:
                        found[address].add((line, str(action.title.get("en"))))
        return found

    def check(self, moment):
        """Run the job, and compare what it did with what is expected."""
        today = clock.local(moment).date()
        is_open = workdays.is_working_time(moment)
        expected = self.expected(today) if is_open else {}
        jobs.remind(self.database)
        with self.database.reading() as session:
            told = session.execute(select(Reminder.action_id, Reminder.kind, Reminder.due_on)).all()
            mails = session.scalars(
                select(OutboxMail)
                .where(OutboxMail.id > self.mails_seen, OutboxMail.once.like("action reminder%"))
                .order_by(OutboxMail.id)
            ).all()
        # Their number tells of one that is doubled.
        now = {tuple(one) for one in told}
        assert len(told) == len(now)
        lines = {line for found in expected.values() for line, _title in found}
        assert now - self.told == lines - self.told, moment
        self.told = now
        addresses = Counter(mail.to for mail in mails)
        assert set(expected) <= set(addresses), moment
        assert is_open or not mails, moment
        for mail in mails:
            self.mails_seen = mail.id
            assert addresses[mail.to] == 1
            assert today not in self.mailed[mail.to], f"a second mail to {mail.to} on {today}"
            self.mailed[mail.to].add(today)
            named = re.findall(r"(?m)^## (Deed \d+ \(en\))", mail.text)
            assert sorted(named) == sorted(title for _line, title in expected.get(mail.to, ()))

    def check_list_of_week(self, monday):
        """After the first run of a week, all who were there when it began have their list."""
        begin = clock.in_norway(datetime.combine(monday, time()))
        with self.database.reading() as session:
            open_ones = select(Action).where(Action.state.in_(OPEN)).options(joinedload(Action.owner))
            for action in session.scalars(open_ones):
                wanted = action.person_weekly_mail if action.person_email else action.owner.weekly_mail
                if wanted and action.holder_since < begin:
                    assert action.listed_on == monday


@pytest.fixture
def year(make, database):
    """The year, from its first day."""
    with clock.standing_at(datetime(FIRST.year, FIRST.month, FIRST.day, 9, tzinfo=UTC)):
        scene = Scene(make)
        with database.writing() as session:
            session.execute(update(Organisation).values(weekly_mail=False))
        yield Year(scene, database)


def test_no_reminder_is_lost_or_doubled_in_a_year(year):
    day, weeks = FIRST, set()
    while day <= LAST:
        with clock.standing_at(clock.in_norway(datetime.combine(day, time(7)))):
            year.happens(day)
        for hour in HOURS:
            stands_still = any(first <= day <= last for first, last in STANDS_STILL)
            if stands_still or year.random.random() < 0.3:
                continue
            moment = clock.in_norway(datetime.combine(day, time(hour, 17)))
            with clock.standing_at(moment):
                year.check(moment)
                monday = workdays.monday_of(day)
                if workdays.is_working_time(moment) and monday not in weeks:
                    weeks.add(monday)
                    year.check_list_of_week(monday)
        day += timedelta(1)
    assert len(year.told) > 200
    assert {kind for _id, kind, _day in year.told} == set(type(next(iter(year.told))[1]))
    sent = [day for days in year.mailed.values() for day in days]
    assert all(workdays.is_workday(day) for day in sent)
    assert date(2027, 5, 17) not in sent

"""What those who plan a meeting do with it: its time and place, its run sheet, its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue, PhaseKind
from dialogue.meetings import grouping, mail, operations, queries, rules
from dialogue.meetings.mail import News
from dialogue.meetings.models import (
    Group,
    Meeting,
    MeetingNews,
    MeetingState,
    Registration,
    RegistrationStatus,
    RunItem,
)
from dialogue.residents import operations as residents
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class Plan:
    """A meeting as it is planned; the times are what the clock on the wall shows in Norway."""

    title: Translated
    intro: Translated
    starts_local: datetime
    minutes: int
    place: str
    link: str
    capacity: int
    deadline_local: datetime


def plan_meeting(session: Session, actor: Actor, dialogue: Dialogue, plan: Plan, key: str) -> Meeting:
    """Add a meeting to a dialogue; the same page sent twice adds one. Raises Invalid."""
    actor.require(Permission.MANAGE_MEETINGS, dialogue.scope())
    _check(plan)
    if not residents.first_time(session, key, f"meeting\0{dialogue.id}\0{plan!r}"):
        newest = (
            select(Meeting).where(Meeting.dialogue_id == dialogue.id).order_by(Meeting.id.desc()).limit(1)
        )
        return session.scalars(newest).one()
    meeting = Meeting(dialogue=dialogue, seats_taken=0, **vars(plan))
    session.add(meeting)
    session.flush()
    contributions.note_change(
        session,
        dialogue.id,
        ("meeting", meeting.id),
        ("", MeetingState.PLANNED.value),
        actor_id=actor.user_id,
    )
    contributions.raise_version(session, dialogue.id)
    return meeting


def from_playbook(session: Session, dialogue: Dialogue, specification: Mapping[str, Any]) -> None:
    """Make the meeting of a playbook: title, intro, minutes, capacity, run_items, groups (how many).

    It is an evening a week into the collecting, or four weeks from now, without a place yet.
    """
    day = next(
        (phase.starts_on + timedelta(days=7) for phase in dialogue.phases if phase.kind is PhaseKind.COLLECT),
        clock.today() + timedelta(days=28),
    )
    # Not on a weekend, when people are away.
    evening = datetime.combine(day + timedelta(days=(0, 0, 0, 0, 6, 5, 4)[day.weekday()]), time(18))
    items = [
        RunItem(position=place, **item)
        for place, item in enumerate(specification.get("run_items", ()), start=1)
    ]
    session.add(
        Meeting(
            dialogue_id=dialogue.id,
            title=specification["title"],
            intro=specification["intro"],
            starts_local=evening,
            minutes=specification["minutes"],
            capacity=specification["capacity"],
            deadline_local=default_deadline(evening),
            run_items=items,
            groups=[
                Group(position=place, name=grouping.group_name(place))
                for place in range(1, specification.get("groups", 0) + 1)
            ],
        )
    )


def default_deadline(starts: datetime) -> datetime:
    """Noon the day before, which leaves an afternoon for the tables and the coffee."""
    return datetime.combine(starts.date() - timedelta(days=1), time(12))


def change_meeting(session: Session, actor: Actor, meeting: Meeting, plan: Plan, revision: int) -> int:
    """Change a meeting and return how many were told by mail that its time or place is another.

    Raises Invalid, among others when more seats are taken than there would be, and Closed when the meeting is
    cancelled or has been changed since ``revision``.
    """
    _check(plan)
    current = operations.lock(session, actor, meeting)
    _refuse_cancelled(current)
    if current.revision != revision:
        raise Closed(
            lazy("Somebody else has changed this meeting in the meantime. Look at it anew before you save.")
        )
    if plan.capacity < current.seats_taken:
        raise Invalid(
            lazy(
                "%(number)s have a seat already. There cannot be fewer seats than that.",
                number=current.seats_taken,
            ),
            "capacity",
        )
    before = (current.starts_local, current.place, current.link)
    for name, value in vars(plan).items():
        if name != "capacity":
            setattr(current, name, value)
    # After the new time, since seats are not passed on in a meeting that is over.
    operations.set_capacity(session, current, plan.capacity)
    _touch(session, current)
    if before == (current.starts_local, current.place, current.link) or rules.is_over(current, clock.now()):
        return 0
    return _tell_everybody(session, actor, current, News.CHANGED, MeetingNews.CHANGED)


def cancel_meeting(session: Session, actor: Actor, meeting: Meeting) -> int:
    """Cancel a meeting; everybody with a seat or in line is told. Returns how many got a mail.

    Raises Closed when it is cancelled already or over.
    """
    current = operations.lock(session, actor, meeting)
    _refuse_cancelled(current)
    if rules.is_over(current, clock.now()):
        raise Closed(lazy("This meeting is over, so it cannot be cancelled."))
    current.state = MeetingState.CANCELLED
    _touch(session, current)
    contributions.note_change(
        session,
        current.dialogue_id,
        ("meeting", current.id),
        (MeetingState.PLANNED.value, MeetingState.CANCELLED.value),
        actor_id=actor.user_id,
    )
    return _tell_everybody(session, actor, current, News.CANCELLED, MeetingNews.CANCELLED)


def publish_report(session: Session, actor: Actor, meeting: Meeting, report: Translated) -> None:
    """Publish what came of a meeting, or a better text. Those who signed up are told the first time.

    Raises Closed when the meeting has not begun.
    """
    current = operations.lock(session, actor, meeting)
    if rules.is_cancelled(current) or clock.now() < current.starts_at:
        raise Closed(lazy("The report can be published when the meeting has been held."))
    is_first = current.report_at is None
    current.report = report
    _touch(session, current)
    if is_first:
        current.report_at = clock.now()
        contributions.note_change(
            session,
            current.dialogue_id,
            ("meeting", current.id),
            (MeetingState.PLANNED.value, MeetingNews.REPORTED.value),
            actor_id=actor.user_id,
        )
        _tell_everybody(session, actor, current, News.REPORT, MeetingNews.REPORTED)


def _check(plan: Plan) -> None:
    if not plan.place and not plan.link:
        raise Invalid(lazy("Write a place or a link, so that people know where to go."), "place")
    if plan.link and (
        urlsplit(plan.link).scheme not in {"http", "https"} or not urlsplit(plan.link).hostname
    ):
        raise Invalid(lazy("Write the whole link, beginning with https://"), "link")
    if rules.clock_skips(plan.starts_local, mail.NORWAY):
        raise Invalid(lazy("That night the clock is put forward past this time. Choose another one."), "time")
    if plan.deadline_local > plan.starts_local:
        raise Invalid(lazy("The deadline must be before the meeting begins."), "deadline")


def _refuse_cancelled(meeting: Meeting) -> None:
    if rules.is_cancelled(meeting):
        raise Closed(lazy("This meeting is cancelled."))


def _touch(session: Session, meeting: Meeting) -> None:
    meeting.revision += 1
    meeting.changed_at = clock.now()
    contributions.raise_version(session, meeting.dialogue_id)


def _tell_everybody(session: Session, actor: Actor, meeting: Meeting, news: News, line: MeetingNews) -> int:
    """Write it in each sign-up's history and mail those who left an address; return how many got a mail."""
    concerned = session.scalars(
        queries.with_address(select(Registration)).where(
            Registration.meeting_id == meeting.id, Registration.status != RegistrationStatus.CANCELLED
        )
    ).all()
    for registration in concerned:
        contributions.note_change(
            session,
            meeting.dialogue_id,
            ("contribution", registration.contribution_id),
            (registration.status.value, line.value),
            actor_id=actor.user_id,
        )
    audit.record(session, actor.user_id, f"tell {news.value}", "meeting", meeting.id, meeting.dialogue_id)
    return mail.tell_all(session, meeting, concerned, news, str(meeting.revision))

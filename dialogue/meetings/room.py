"""What the room of meetings declares."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.i18n import _, begun_large, lazy, ngettext, number
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, Dialogue
from dialogue.meetings import (
    gatherings,
    jobs,
    mail,
    notes,
    operations,
    planning,
    queries,
    queries_groups,
    rules,
)
from dialogue.meetings.models import GroupNote, Meeting, Registration, RegistrationStatus
from dialogue.meetings.views import blueprints
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskCard, DeskItem, FollowPart, Job, Offer, Part, Room
from dialogue.web.sources import Source

MOST_ON_CARD = 5
# Notes can still be finished some days after the evening.
NOTES_FOR = timedelta(days=14)


def offers(session: Session, dialogue: Dialogue) -> Sequence[Offer]:
    """A dialogue's meetings: coming ones to sign up for, those held with what came of them."""
    return [_offer(meeting) for meeting in queries.of_dialogue(session, dialogue)]


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The meetings on the dialogue's desk page."""
    may_manage = actor.may(Permission.MANAGE_MEETINGS, dialogue.scope())
    items = [_desk_item(meeting) for meeting in queries.of_dialogue(session, dialogue)]
    return Part(
        heading=lazy("Meetings"),
        items=items if may_manage else [replace(item, url=None) for item in items],
        add_url=url_for("meeting_desk.new", code=dialogue.code) if may_manage else None,
        add_label=lazy("Plan a meeting"),
        empty=lazy("No meeting is planned yet."),
    )


def desk_cards(session: Session, actor: Actor) -> Sequence[DeskCard]:
    """The coming meetings of those who plan, and the groups of those who lead them."""
    now = clock.local(clock.now()).replace(tzinfo=None)
    cards = []
    if actor.has(Permission.MANAGE_MEETINGS):
        # One that has begun this evening is still today's.
        coming = queries.coming_for(session, actor, datetime.combine(now.date(), datetime.min.time()))
        cards.append(
            DeskCard(
                "meetings",
                lazy("Coming meetings"),
                [_desk_item(meeting) for meeting in coming[:MOST_ON_CARD]],
                len(coming),
                can_wait=True,
            )
        )
    groups = (
        queries_groups.groups_led_by(session, actor, now - NOTES_FOR)
        if actor.has(Permission.FACILITATE)
        else []
    )
    if groups:
        items = [
            DeskItem(
                f"{group.name} – {group.meeting.title}",
                url_for("groups.group", code=group.code),
                detail=mail.when(group.meeting),
            )
            for group in groups
        ]
        cards.append(DeskCard("groups", lazy("My groups"), items, len(items)))
    return cards


def follow_part(session: Session, contribution: Contribution, code: str) -> FollowPart:
    """A sign-up as the holder of its follow code sees it."""
    registration = session.get_one(Registration, contribution.id)
    meeting = registration.meeting
    is_current = contribution.state is not ContributionState.WITHDRAWN
    has_seat = is_current and registration.status in rules.SEATED
    takes_place = not rules.is_cancelled(meeting)
    facts = [
        (_("Your sign-up"), _standing(session, registration, is_current)),
        (_("When"), begun_large(mail.when_there(meeting))),
        (_("Where"), mail.where(meeting)),
        (_("Meeting"), _link(url_for("meetings.meeting", code=meeting.code), _("See the meeting"))),
    ]
    if meeting.link and has_seat and takes_place:
        facts.append((_("Link to the meeting"), _link(meeting.link, meeting.link)))
    if is_current and takes_place:
        facts.append(
            (
                _("Calendar"),
                _link(url_for("meetings.calendar_file", code=meeting.code), _("Add it to your calendar")),
            )
        )
    if is_current:
        facts += [(_("Name"), registration.name), (_("What you need"), registration.needs)]
    over = rules.is_over(meeting, clock.now())
    return FollowPart(
        heading=str(meeting.title),
        text="",
        language=contribution.language,
        facts=facts,
        withdraw_label="" if not is_current else _("Remove my name") if over else _("Cancel my sign-up"),
        withdraw_question=_("Your name and what you wrote are removed.")
        if over
        else _("Your seat goes to the next one in line. Your name and what you wrote are removed."),
    )


def note_part(session: Session, contribution: Contribution, code: str) -> FollowPart:
    """A note as those see it who hold the code of their group."""
    note = session.get_one(GroupNote, contribution.id)
    return FollowPart(
        heading=_("What %(group)s said", group=contribution.label),
        text=note.text,
        language=contribution.language,
        facts=[
            (
                _("Meeting"),
                _link(url_for("meetings.meeting", code=note.meeting.code), str(note.meeting.title)),
            )
        ],
    )


def _notes(number: int) -> str:
    return ngettext("%(num)s note from a group", "%(num)s notes from groups", number)


def _standing(session: Session, registration: Registration, is_current: bool) -> str:
    if rules.is_cancelled(registration.meeting):
        return _("The meeting is cancelled.")
    if not is_current or registration.status is RegistrationStatus.CANCELLED:
        return _("You have cancelled.")
    if registration.status is RegistrationStatus.WAITING:
        place = queries.place_in_line(session, registration)
        return _("You are number %(place)s on the waiting list.", place=number(place))
    return _("You have a seat.")


def _link(address: str, words: str) -> str:
    return Markup('<a href="{}">{}</a>').format(address, words)


def _offer(meeting: Meeting) -> Offer:
    now = clock.now()
    is_open = meeting.report_at is None and not rules.is_cancelled(meeting) and now < meeting.deadline
    if rules.is_cancelled(meeting):
        news, label = _("Cancelled"), _("See the meeting")
    elif meeting.report_at is not None:
        news, label = _("The report is ready"), _("Read what came of it")
    elif not is_open:
        news, label = _("Sign-up is closed"), _("See the meeting")
    elif rules.is_full(meeting):
        news, label = _("Full, with a waiting list"), _("See the meeting")
    else:
        news, label = _("There are seats left"), _("See the meeting and sign up")
    detail = "\n".join(words for words in (mail.when(meeting), mail.where(meeting), news) if words)
    return Offer(
        "meeting",
        str(meeting.title),
        detail,
        url_for("meetings.meeting", code=meeting.code),
        label,
        is_open,
        can_wait=rules.is_full(meeting),
    )


def _desk_item(meeting: Meeting) -> DeskItem:
    seats = ngettext(
        "%(taken)s of %(num)s seat taken",
        "%(taken)s of %(num)s seats taken",
        meeting.capacity,
        taken=meeting.seats_taken,
    )
    return DeskItem(
        str(meeting.title),
        url_for("meeting_desk.meeting", code=meeting.code),
        due=meeting.starts_at,
        detail=_("Cancelled") if rules.is_cancelled(meeting) else seats,
    )


room = Room(
    "meetings",
    blueprints=blueprints,
    jobs=(Job("remind of meetings", timedelta(minutes=15), jobs.remind),),
    desk_cards=(desk_cards,),
    offers=(offers,),
    parts=(part,),
    follow_parts={
        ContributionKind.REGISTRATION.value: follow_part,
        ContributionKind.NOTE.value: note_part,
    },
    erasers={
        ContributionKind.REGISTRATION.value: operations.erase,
        ContributionKind.NOTE.value: notes.erase,
    },
    playbook_parts={"meeting": planning.from_playbook},
    gatherings=(gatherings.gathering_for,),
    sources=(
        Source(
            ContributionKind.NOTE,
            counted=_notes,
            texts=queries_groups.source_texts,
            holds=queries_groups.holds_words,
        ),
    ),
)

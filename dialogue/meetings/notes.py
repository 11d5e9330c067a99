"""What a group says, in short notes: each can be placed under a theme and is shown with the group's name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dialogue.base import audit
from dialogue.base.errors import Closed, Invalid, NotFound
from dialogue.base.i18n import lazy
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Channel, Contribution, ContributionKind, ContributionState
from dialogue.meetings import rules
from dialogue.meetings.models import LONGEST_NOTE, Group, GroupNote
from dialogue.residents import guard, operations as residents
from dialogue.web.gatherings import Seat
from dialogue.web.permissions import Actor

MOST_AT_ONCE = 30


@dataclass(frozen=True)
class Said:
    """What a group said, one thing on each line. ``looked_at``: the writer has seen what the guard found and
    stands by it, which only those who may publish what others wrote can do."""

    lines: Sequence[str]
    language: str
    looked_at: bool = False


def write_notes(session: Session, actor: Actor, group: Group, said: Said, submission_key: str) -> int:
    """Keep what a group said, a note for each line, public at once; return how many. The same page sent twice
    is kept once.

    Raises NotFound for whoever neither leads the group nor plans the meeting, Closed when the meeting has been
    reported or the dialogue has ended, Invalid for a line that is too long or holds what the guard finds.
    """
    _require_open(actor, group)
    _check(actor, group, said)
    if not residents.first_time(session, submission_key, f"notes\0{group.id}\0{said.lines!r}"):
        return 0
    for line in said.lines:
        _keep(session, actor, group, line, said.language)
    contributions.raise_version(session, group.meeting.dialogue_id)
    return len(said.lines)


def change_note(session: Session, actor: Actor, note: GroupNote, said: Said, revision: int) -> None:
    """Word a note anew. Raises as ``write_notes``, and Closed when somebody else has saved since ``revision``
    or the note was taken back; nothing is overwritten then."""
    group = _group_of(note)
    _require_open(actor, group)
    _check(actor, group, said)
    text = " ".join(said.lines)
    still_there = (
        select(Contribution.id)
        .where(Contribution.id == note.contribution_id, Contribution.state == ContributionState.PUBLISHED)
        .with_for_update()
    )
    if session.scalar(still_there) is None:
        raise Closed(lazy("This note has been taken back."))
    saved = session.scalar(
        update(GroupNote)
        .where(GroupNote.contribution_id == note.contribution_id, GroupNote.revision == revision)
        .values(text=text, revision=revision + 1)
        .returning(GroupNote.contribution_id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(note)
    if saved is None and note.text != text:
        raise Closed(
            lazy(
                "Somebody else changed this note at the same time. Both texts are below. Save again to keep yours."
            )
        )
    _tell(session, actor, note, "changed")


def take_back(session: Session, actor: Actor, note: GroupNote) -> None:
    """Take a note back: its words are blanked, its place in the chain and the counts stay. It can be done at
    any time, since a name may be found in it late. Raises NotFound."""
    _require_right(actor, _group_of(note))
    contribution = session.get_one(Contribution, note.contribution_id, with_for_update=True)
    session.refresh(contribution, ["state"])
    if contribution.state is ContributionState.WITHDRAWN:
        return
    erase(session, contribution)
    contributions.move(session, contribution, ContributionState.WITHDRAWN, actor_id=actor.user_id)
    audit.record(session, actor.user_id, "take back", "note", contribution.id, contribution.dialogue_id)
    contributions.raise_version(session, contribution.dialogue_id)


def erase(session: Session, contribution: Contribution) -> None:
    """Blank what a note says."""
    session.execute(
        update(GroupNote)
        .where(GroupNote.contribution_id == contribution.id)
        .values(text="", revision=GroupNote.revision + 1)
        .execution_options(synchronize_session=False)
    )


def label_of(group: Group) -> str:
    """Who speaks in a group's notes: the group, never a person."""
    return group.name.pick("nb").text[:60]


def seat_of(group: Group) -> Seat:
    """A group as other rooms know it."""
    return Seat(group.code, group.name, label_of(group))


def _keep(session: Session, actor: Actor, group: Group, text: str, language: str) -> None:
    contribution = contributions.receive(
        session,
        group.meeting.dialogue_id,
        ContributionKind.NOTE,
        Channel.MEETING,
        language,
        label=label_of(group),
        actor_id=actor.user_id,
    )
    session.add(
        GroupNote(contribution=contribution, meeting_id=group.meeting_id, group_id=group.id, text=text)
    )
    contributions.move(session, contribution, ContributionState.PUBLISHED, actor_id=actor.user_id)
    session.flush()
    audit.record(session, actor.user_id, "write", "note", contribution.id, contribution.dialogue_id)


def _tell(session: Session, actor: Actor, note: GroupNote, happened: str) -> None:
    dialogue_id = note.meeting.dialogue_id
    contributions.note_change(
        session,
        dialogue_id,
        ("contribution", note.contribution_id),
        (ContributionState.PUBLISHED.value, happened),
        actor_id=actor.user_id,
        is_public=False,
    )
    audit.record(session, actor.user_id, "change", "note", note.contribution_id, dialogue_id)
    session.flush()
    contributions.raise_version(session, dialogue_id)


def _group_of(note: GroupNote) -> Group:
    # A group with notes is not removed before they are all taken back.
    if note.group is None:
        raise NotFound
    return note.group


def _require_right(actor: Actor, group: Group) -> None:
    if not (rules.leads(actor, group) or rules.manages(actor, group.meeting)):
        raise NotFound


def _require_open(actor: Actor, group: Group) -> None:
    _require_right(actor, group)
    why = rules.why_notes_closed(group.meeting)
    if why is not None:
        raise Closed(why)


def _check(actor: Actor, group: Group, said: Said) -> None:
    if not said.lines:
        raise Invalid(lazy("Write at least one thing that the group said."), "notes")
    if len(said.lines) > MOST_AT_ONCE:
        raise Invalid(lazy("Write at most %(most)s lines at a time.", most=MOST_AT_ONCE), "notes")
    if any(len(line) > LONGEST_NOTE for line in said.lines):
        raise Invalid(lazy("Each line can be at most %(max)s characters.", max=LONGEST_NOTE), "notes")
    if not guard.check_all(*said.lines):
        return
    if not rules.may_insist(actor, group.meeting):
        raise Invalid(
            lazy("Write it without this. If it is a mistake, ask those who plan the meeting to write it."),
            "notes",
        )
    if not said.looked_at:
        raise Invalid(lazy("Look at this once more before everybody can read it."), "notes")

"""The decision brief: versions that never change, whom they were sent to, and what came of them there."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid
from dialogue.base.i18n import lazy
from dialogue.briefs import content as contents, queries
from dialogue.briefs.content import Content
from dialogue.briefs.models import Brief, BriefSending, Quote
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import hearing, queries_bodies, themes
from dialogue.followup.models import Theme
from dialogue.residents.operations import first_time
from dialogue.web.permissions import Actor, Permission

LONGEST_OUTCOME = 1200
LONGEST_LEFT_OUT = 400


@dataclass(frozen=True)
class Documents:
    """Where the documents of a content lie in the file store."""

    pdf: str
    docx: str


@dataclass(frozen=True)
class Receivers:
    """The bodies that get a version, by their id, each with the day on which it meets."""

    days: Mapping[int, date | None] = field(default_factory=dict)


def check_final(
    session: Session, actor: Actor, dialogue: Dialogue, content: Content, receivers: Receivers
) -> None:
    """Refuse to send a brief that is not final: before its documents are made, and when it is frozen.

    Raises NotAllowed, Invalid.
    """
    actor.require(Permission.CONDENSE, dialogue.scope())
    if not content["themes"]:
        raise Invalid(lazy("Make at least one theme first."))
    if contents.lies_outside(content) and not content["left_out"]:
        raise Invalid(lazy("Place what lies in no theme, or say why it stays outside."), "left_out")
    if not receivers.days:
        raise Invalid(lazy("Choose at least one body."), "bodies")
    _check_receivers(session, dialogue, receivers)


def freeze(
    session: Session,
    actor: Actor,
    dialogue: Dialogue,
    content: Content,
    documents: Documents,
    receivers: Receivers,
    submission_key: str,
) -> Brief:
    """Keep the content as a version that never changes, and send it to these bodies.

    Raises NotAllowed; Invalid when there is no theme, when nobody gets it, or when something lies in no theme
    and nothing says why; Closed when what the brief is made of has changed since the documents were made.
    """
    check_final(session, actor, dialogue, content, receivers)
    themes.take_turns(session, dialogue)
    if not first_time(session, submission_key, f"brief\0{dialogue.id}"):
        return queries.newest(session, dialogue.id)
    if content != contents.whole(session, dialogue, content["language"], content["left_out"]):
        raise Closed(
            lazy(
                "Somebody changed the themes while the documents were made. Look through it and send it again."
            )
        )
    last = session.scalar(select(func.max(Brief.number)).where(Brief.dialogue_id == dialogue.id)) or 0
    brief = Brief(
        dialogue=dialogue,
        number=last + 1,
        language=content["language"],
        left_out=content["left_out"],
        frozen_at=clock.now(),
        content=content,
        sources=contents.codes(session, dialogue.id),
        pdf=documents.pdf,
        docx=documents.docx,
    )
    session.add(brief)
    session.flush()
    _send(session, brief, receivers)
    _note(session, actor, brief, "frozen")
    audit.record(session, actor.user_id, "freeze", "brief", brief.id, dialogue.id)
    return brief


def send(session: Session, actor: Actor, brief: Brief, receivers: Receivers) -> None:
    """Send a version to more bodies; one that has it already keeps it. Raises NotAllowed, Invalid."""
    actor.require(Permission.CONDENSE, brief.dialogue.scope())
    themes.take_turns(session, brief.dialogue)
    _check_receivers(session, brief.dialogue, receivers)
    _send(session, brief, receivers)
    _note(session, actor, brief, "sent")


def note_outcome(session: Session, actor: Actor, sending: BriefSending, outcome: str, heard_on: date) -> None:
    """Write down what came of the brief in a body, and that it talked about each theme of the page that day.

    Raises NotAllowed, Invalid for a day to come or when nothing is said.
    """
    dialogue = sending.brief.dialogue
    actor.require(Permission.DECIDE, dialogue.scope())
    if not outcome:
        raise Invalid(lazy("Say in a few words what came of it there."), "outcome")
    themes.take_turns(session, dialogue)
    sending.outcome, sending.noted_at, sending.meets_on = outcome, clock.now(), heard_on
    hearing.hear(session, actor, _themes_of(session, sending.brief), sending.body, heard_on)
    _note(session, actor, sending.brief, "heard")


def blank(session: Session, contribution: Contribution) -> None:
    """Take the words of something that is shown no more out of every version, and let its quote go. The
    documents of those versions are made anew."""
    # A version that is being frozen now is waited for, so that it is found.
    session.execute(select(Dialogue.id).where(Dialogue.id == contribution.dialogue_id).with_for_update())
    session.execute(delete(Quote).where(Quote.contribution_id == contribution.id))
    is_withdrawn = contribution.state is ContributionState.WITHDRAWN
    gone = "withdrawn" if is_withdrawn else "hidden"
    for brief in session.scalars(select(Brief).where(Brief.dialogue_id == contribution.dialogue_id)):
        content = deepcopy(brief.content)
        if contents.take_out(content, contribution.code, gone):
            brief.content, brief.pdf, brief.docx = content, "", ""
    session.flush()


def keep_documents(session: Session, brief_id: int, content: Content, documents: Documents) -> bool:
    """Give a version its documents anew; False when its content has changed again since they were made."""
    brief = session.get_one(Brief, brief_id, with_for_update=True)
    if brief.content != content:
        return False
    session.execute(update(Brief).where(Brief.id == brief_id).values(**vars(documents)))
    return True


def _check_receivers(session: Session, dialogue: Dialogue, receivers: Receivers) -> None:
    known = {body.id for body in queries_bodies.in_use(session, dialogue.id)}
    if not receivers.days or not known.issuperset(receivers.days):
        raise Invalid(lazy("Choose at least one body."), "bodies")


def _send(session: Session, brief: Brief, receivers: Receivers) -> None:
    has_it = set(session.scalars(select(BriefSending.body_id).where(BriefSending.brief_id == brief.id)))
    session.add_all(
        BriefSending(brief_id=brief.id, body_id=body_id, meets_on=day, sent_at=clock.now())
        for body_id, day in receivers.days.items()
        if body_id not in has_it
    )
    session.flush()


def _themes_of(session: Session, brief: Brief) -> list[Theme]:
    named = [line["code"] for line in brief.content["themes"]]
    return list(session.scalars(select(Theme).where(Theme.code.in_(named), Theme.retired_at.is_(None))))


def _note(session: Session, actor: Actor, brief: Brief, happened: str) -> None:
    subject: tuple[str, Any] = ("brief", brief.id)
    contributions.note_change(
        session, brief.dialogue_id, subject, ("", happened), actor_id=actor.user_id, is_public=False
    )

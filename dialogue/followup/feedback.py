"""Telling back: when those who left an address are told, once of each change, and how they stop it."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock, i18n, outbox, tokens
from dialogue.base.db import Database, insert_new
from dialogue.config import settings
from dialogue.dialogues.models import Contribution, ContributionKind
from dialogue.followup import mail, news
from dialogue.followup.mail import Way
from dialogue.followup.models import Told
from dialogue.followup.queries_untold import WEEK, Untold, untold
from dialogue.residents import operations as residents
from dialogue.residents.models import Contact, FollowCode

# Residents are written to when the clock in Norway shows one of these hours.
AWAKE = range(8, 20)
# Before a day that matters everything is told, gathered to one mail a day.
TIMED_FROM = timedelta(days=7)
TIMED_PAUSE = timedelta(days=1)


def tell(database: Database) -> int:
    """Queue one mail for each address that is to be told now; return how many.

    It can be run as often as one likes, by several processes at once.
    """
    now = clock.now()
    if clock.local(now).hour not in AWAKE:
        return 0
    with database.reading() as session:
        waiting: dict[str, list[Untold]] = {}
        for one in untold(session):
            waiting.setdefault(one.email, []).append(one)
    due = sorted(email for email, new in waiting.items() if is_due(new, now))
    told = 0
    for email in due:
        with database.writing() as session:
            told += _tell_one(session, email)
    return told


def is_due(new: Sequence[Untold], now: datetime) -> bool:
    """Whether what is new for one address is to be told now.

    A step that matters waits until a week has passed since the last mail, unless somebody asked to be told at
    once. In the week before a day that matters everything is told, a day after the last mail at the latest.
    """
    if not new:
        return False
    pause = None if new[0].last_mail is None else now - new[0].last_mail
    if any(one.is_step for one in new) and (pause is None or pause >= WEEK):
        return True
    if any(one.is_step and one.at_once for one in new):
        return True
    return any(_is_timed(one, now) for one in new) and (pause is None or pause >= TIMED_PAUSE)


def _is_timed(one: Untold, now: datetime) -> bool:
    today = clock.local(now).date()
    return one.before is not None and one.before - TIMED_FROM <= today < one.before


def mark_told(session: Session, follow_code_id: int) -> None:
    """Count everything that has happened until now as told to the holder of a code."""
    for one in untold(session, Contact.follow_code_id == follow_code_id):
        _mark(session, one)


def _tell_one(session: Session, email: str) -> bool:
    # Of two jobs that run at once the second waits here, and then finds that all is told.
    contacts = session.scalars(
        select(Contact)
        .where(Contact.email == email)
        .order_by(Contact.id)
        .options(joinedload(Contact.follow_code))
        .with_for_update(of=Contact)
        .execution_options(populate_existing=True)
    ).all()
    waiting = untold(session, Contact.email == email)
    if not is_due(waiting, clock.now()):
        return False
    new = [one for one in waiting if _mark(session, one)]
    if not new:
        return False
    # Whoever has left the same address with several codes reads the language they chose last.
    contact = contacts[-1]
    ways = {one.follow_code_id: _way(one.follow_code, contact.language) for one in contacts}
    at_once = all(one.at_once for one in contacts)
    stop = unsubscribe_url(contact)
    with i18n.speaking(contact.language):
        told = news.tell(session, new, ways)
        concerned = [ways[key] for key in dict.fromkeys(one.follow_code_id for one in new)]
        letter = mail.news(contact.language, told, concerned, stop, at_once=at_once)
    outbox.queue(session, email, letter, unsubscribe_url=stop)
    session.execute(
        update(Contact)
        .where(Contact.email == email)
        .values(told_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return True


def _mark(session: Session, one: Untold) -> bool:
    values = {"contribution_id": one.contribution_id, "status_change_id": one.change_id, "at": clock.now()}
    return insert_new(session, Told, values) is not None


def _way(code: FollowCode, language: str) -> Way:
    printed = residents.printed_code(code)
    return Way(printed, settings().public_url + residents.follow_path(printed, language))


def write_first(session: Session, contact: Contact, occasion: str) -> None:
    """Say in a first mail that an address was left here, with the way to the follow page."""
    letter = mail.address_left(
        contact.language, _way(contact.follow_code, contact.language), at_once=contact.at_once
    )
    outbox.queue(session, contact.email, letter, once=occasion, unsubscribe_url=unsubscribe_url(contact))


def stop(session: Session, contact: Contact) -> None:
    """Forget an address wherever it was left to be told; where it was left with a sign-up or an offer of help
    it stays, since those mails are others."""
    told_here = exists().where(
        Contribution.follow_code_id == Contact.follow_code_id,
        Contribution.kind.not_in([ContributionKind.REGISTRATION, ContributionKind.HELP]),
    )
    session.execute(
        delete(Contact)
        .where(Contact.email == contact.email, or_(Contact.id == contact.id, told_here))
        .execution_options(synchronize_session=False)
    )


def unsubscribe_url(contact: Contact) -> str:
    """The address that stops the mails to a contact with one click."""
    return f"{settings().public_url}/{contact.language}/unsubscribe/{contact.id}.{_signature(contact)}"


def find_subscription(session: Session, token: str) -> Contact | None:
    """The contact that an unsubscribe address names; None when it is made up, or no longer there."""
    number, _, signature = token.partition(".")
    known = number.isascii() and number.isdigit() and len(number) < 10
    contact = session.get(Contact, int(number)) if known else None
    if contact is None or not hmac.compare_digest(signature.encode(), _signature(contact).encode()):
        return None
    return contact


def _signature(contact: Contact) -> str:
    # The address is part of it, so that an old mail does not remove an address left later.
    purpose = f"{contact.id}\0{contact.email}"
    return tokens.printed(tokens.digest(settings().secret_key, "unsubscribe", purpose), 24)

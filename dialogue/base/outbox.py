"""Mail: written into the outbox in the transaction of the change, sent afterwards by a job.

A mail is claimed by a lease in a short transaction and sent outside it, so it is sent at least once;
its Message-ID is stable, so that a second copy is recognised as the same mail.
"""

import smtplib
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import String, Text, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from dialogue.base import clock
from dialogue.base.db import Base, Database, insert_many_new, one_of
from dialogue.base.i18n import Labelled, lazy

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
# How long to wait after the first, second, … failure; after the last the mail is given up.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))


class MailState(Labelled):
    """What has become of a mail."""

    QUEUED = "queued", lazy("Waiting to be sent")
    SENT = "sent", lazy("Sent")
    FAILED = "failed", lazy("Could not be sent")


class OutboxMail(Base):
    """One mail to one address."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(80), unique=True)
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str | None] = mapped_column(String(300))
    state: Mapped[MailState] = mapped_column(one_of(MailState), default=MailState.QUEUED)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(300))


@dataclass(frozen=True)
class Letter:
    """A mail that is written but not yet in the outbox."""

    subject: str
    text: str
    html: str
    language: str


def queue(
    session: Session, to: str, letter: Letter, *, once: str | None = None, unsubscribe_url: str | None = None
) -> None:
    """Put a mail in the outbox, to be sent when the transaction has committed.

    ``once`` names the occasion; a mail for the same occasion is queued only the first time.
    """
    if once is not None and session.scalar(select(OutboxMail.id).where(OutboxMail.once == once)) is not None:
        return
    moment = clock.now()
    session.add(
        OutboxMail(
            message_id=f"<{uuid.uuid4()}@dialogue>",
            once=once,
            to=to,
            language=letter.language,
            subject=letter.subject[:200],
            text=letter.text,
            html=letter.html,
            unsubscribe_url=unsubscribe_url,
            created_at=moment,
            next_try_at=moment,
        )
    )


@dataclass(frozen=True)
class Addressed:
    """A mail with its address and its occasion, to be queued among many."""

    once: str
    to: str
    letter: Letter
    unsubscribe_url: str | None = None


def queue_many(session: Session, mails: Sequence[Addressed]) -> set[str]:
    """Put many mails in the outbox at once, each only if it is the first for its occasion; return the occasions
    of those that are in it now because of this call.

    Of two transactions that do it at the same moment, the second waits for the first.
    """
    if not mails:
        return set()
    moment = clock.now()
    rows = [
        {
            "message_id": f"<{uuid.uuid4()}@dialogue>",
            "once": mail.once,
            "to": mail.to,
            "language": mail.letter.language,
            "subject": mail.letter.subject[:200],
            "text": mail.letter.text,
            "html": mail.letter.html,
            "unsubscribe_url": mail.unsubscribe_url,
            "state": MailState.QUEUED,
            "created_at": moment,
            "next_try_at": moment,
            "attempts": 0,
        }
        for mail in mails
    ]
    return set(insert_many_new(session, OutboxMail, rows, OutboxMail.once))


Transport = Callable[[EmailMessage], None]


def send_due(database: Database, transport: Transport, sender: str, most: int = 50) -> int:
    """Send the mails that are due and return how many went out; what was in them is forgotten."""
    sent = 0
    for mail in _claim(database, most):
        error = ""
        try:
            transport(_message(mail, sender))
        # A mail that cannot be put together must not keep the others from being sent.
        except (OSError, ValueError, smtplib.SMTPException) as problem:
            error = f"{type(problem).__name__}: {problem}"[:300]
            log.warning(
                "mail not sent", mail=mail.id, attempts=mail.attempts + 1, error=type(problem).__name__
            )
        sent += not error
        with database.writing() as session:
            session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**_after(mail, error)))
            if not error and transport is not keep_in_mailbox:
                session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**_BLANK))
    return sent


# A mail that is sent leaves only that it was: the address, and the links in its text, which are keys, are its
# receiver's alone.
_BLANK = {"to": "", "text": "", "html": "", "unsubscribe_url": None}


def _claim(database: Database, most: int) -> list[OutboxMail]:
    moment = clock.now()
    with database.writing() as session:
        due = session.scalars(
            select(OutboxMail)
            .where(
                OutboxMail.state == MailState.QUEUED,
                OutboxMail.next_try_at <= moment,
                or_(OutboxMail.leased_until.is_(None), OutboxMail.leased_until < moment),
            )
            .order_by(OutboxMail.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        for mail in due:
            mail.leased_until = moment + LEASE
        return list(due)


def _after(mail: OutboxMail, error: str) -> dict[str, object]:
    moment = clock.now()
    if not error:
        return {"state": MailState.SENT, "sent_at": moment, "leased_until": None, "error": None}
    given_up = mail.attempts >= len(BACK_OFF)
    return {
        "attempts": mail.attempts + 1,
        "leased_until": None,
        "error": error,
        "state": MailState.FAILED if given_up else MailState.QUEUED,
        "next_try_at": moment if given_up else moment + BACK_OFF[mail.attempts],
    }


def _message(mail: OutboxMail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        # One click, as RFC 8058 has it.
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


@contextmanager
def smtp(address: str) -> Iterator[Transport]:
    """A transport over SMTP, ``smtp://user:password@host:port`` (STARTTLS where offered) or ``smtps://``."""
    url = urlsplit(address)
    secure = url.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with kind(url.hostname or "localhost", url.port or (465 if secure else 25), timeout=30) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))

        def send(message: EmailMessage) -> None:
            server.send_message(message)

        yield send


def keep_in_mailbox(_message: EmailMessage) -> None:
    """The demo's transport: nothing leaves the machine; the mailbox page shows the outbox."""

"""The audit: who of the staff read or changed personal data, and when. Never the data itself."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from dialogue.base import clock
from dialogue.base.db import Base


class AuditEntry(Base):
    """One read or change by a signed-in person (or the system, without an actor)."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    verb: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    dialogue_id: Mapped[int | None] = mapped_column(index=True)


def record(
    session: Session,
    actor_id: int | None,
    verb: str,
    kind: str,
    subject: int | None,
    dialogue_id: int | None = None,
) -> None:
    """Write one entry in the transaction of the change itself: ``record(s, 7, "publish", "idea", 12, 3)``."""
    session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=actor_id,
            verb=verb,
            subject_kind=kind,
            subject_id=subject,
            dialogue_id=dialogue_id,
        )
    )

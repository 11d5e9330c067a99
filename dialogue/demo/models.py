"""The demo's own table. It is empty outside demo mode."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.base.db import Base


class DemoClock(Base):
    """That the demo is loaded, and how many days its clock runs ahead; one row at most."""

    __tablename__ = "demo_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one"), CheckConstraint("days_ahead >= 0", name="ahead"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loaded_at: Mapped[datetime]
    days_ahead: Mapped[int] = mapped_column(default=0)

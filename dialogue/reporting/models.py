"""The table of what a dialogue has heard, counted once for each of its versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dialogue.base.db import Base


class DialogueFigures(Base):
    """What was counted of a dialogue when it had this version; a job counts anew.

    ``content`` is a ``figures.Count``, ``flow`` a ``flow.FlowCount``; ``size`` tells how much had to be counted.
    """

    __tablename__ = "dialogue_figures"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    counted_at: Mapped[datetime]
    size: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    flow: Mapped[dict[str, Any]] = mapped_column(JSON)

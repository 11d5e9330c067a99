"""Tables of plans and goals. A plan is valid for the years it names; nothing is tied to one unless somebody
chooses it."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code
from dialogue.base.i18n import Translated, _
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.web.permissions import Scope

LONGEST_NAME = 120
LONGEST_AREA = 80
LONGEST_GOAL = 200


class Plan(Base):
    """A plan that somebody has adopted, with the first and last year it is valid for, both included."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("valid_to >= valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    # What the file calls it when it was loaded from one; empty for a plan that was written here.
    key: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[Translated]
    valid_from: Mapped[int]
    valid_to: Mapped[int]
    # Where it holds: a municipality, a police district, or with neither the whole country.
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("police_district.id"), index=True)
    # Raised with every change, so that of two who edit at once the second is told.
    revision: Mapped[int] = mapped_column(default=1)
    # What the last loading set, so that the next can tell an edit from an old value.
    loaded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    municipality: Mapped[Municipality | None] = relationship()
    district: Mapped[PoliceDistrict | None] = relationship()
    goals: Mapped[list["Goal"]] = relationship(
        order_by="Goal.position", back_populates="plan", cascade="all, delete-orphan"
    )

    @property
    def years(self) -> str:
        """2022–2025, or 2026 for a plan of one year."""
        if self.valid_from == self.valid_to:
            return str(self.valid_from)
        return f"{self.valid_from}–{self.valid_to}"

    def scope(self) -> Scope:
        """Where the plan holds, for grants."""
        if self.municipality is not None:
            return Scope(municipality_id=self.municipality.id, district_id=self.municipality.district_id)
        return Scope(district_id=self.district_id)


class Goal(Base):
    """A measure or an ambition in a plan, with its number there and the area it stands under.

    One that is retired is offered no longer; what is tied to it stays so.
    """

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # Its number in the file it was loaded from; empty for a goal that was written here.
    key: Mapped[str] = mapped_column(String(12), default="")
    number: Mapped[str] = mapped_column(String(12), default="")
    area: Mapped[Translated] = mapped_column(default=Translated)
    text: Mapped[Translated]
    retired_on: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    loaded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    plan: Mapped[Plan] = relationship(back_populates="goals")

    @property
    def title(self) -> str:
        """Its number and its words."""
        return f"{self.number} {self.text}".strip()

    @property
    def named(self) -> str:
        """The same with its plan and the plan's years, on one line."""
        return _(
            "%(goal)s (%(plan)s, %(years)s)", goal=self.title, plan=self.plan.name, years=self.plan.years
        )

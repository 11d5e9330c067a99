"""Tables of places: surrogate ids, official numbers with the time they are valid, successors."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialogue.base.db import Base, Code, one_of
from dialogue.base.i18n import Labelled, Translated, lazy
from dialogue.web.permissions import Scope


class PoliceDistrict(Base):
    """One of the country's police districts. ``code`` is Statistics Norway's, p01 and so on."""

    __tablename__ = "police_district"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[Translated]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    headquarters: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    # What the last loading set, so that the next can tell an edit from an old value.
    loaded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Municipality(Base):
    """A municipality. Names are not unique: two are called Herøy, two Våler."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(4), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    official_name: Mapped[str] = mapped_column(String(120))
    other_names: Mapped[str] = mapped_column(String(120), default="")
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    county: Mapped[str] = mapped_column(String(60))
    district_id: Mapped[int] = mapped_column(ForeignKey("police_district.id"), index=True)
    sami_language: Mapped[str] = mapped_column(String(40), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    loaded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    district: Mapped[PoliceDistrict] = relationship()


class OrganisationKind(Labelled):
    """Whoever can own an action or be a body that decides."""

    POLICE_UNIT = "police_unit", lazy("Police unit")
    MUNICIPAL_SERVICE = "municipal_service", lazy("Municipal service")
    COUNTY = "county", lazy("County authority")
    STATE = "state", lazy("State agency")
    SCHOOL = "school", lazy("School")
    ASSOCIATION = "association", lazy("Association or volunteers")
    BUSINESS = "business", lazy("Business")
    RESIDENTS = "residents", lazy("Residents' group")


class Organisation(Base):
    """An organisation with a mailbox of its own; the people behind it may change."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code]
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind))
    name: Mapped[Translated]
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8), default="nb")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    # That of its municipality, where it lies in one.
    district_id: Mapped[int | None] = mapped_column(ForeignKey("police_district.id"), index=True)
    # Whether everybody may see that its actions are late, and whether its leader is told: its own choice, asked
    # when it says yes to its first action. None: not asked yet.
    shows_lateness: Mapped[bool | None]
    tells_leader: Mapped[bool | None]
    leader_email: Mapped[str] = mapped_column(String(254), default="")
    # Whether its mailbox gets a list of its open actions each week.
    weekly_mail: Mapped[bool] = mapped_column(default=True)
    retired_on: Mapped[date | None]

    municipality: Mapped[Municipality | None] = relationship()
    district: Mapped[PoliceDistrict | None] = relationship()

    def scope(self) -> Scope:
        """Where the organisation lies, for grants."""
        return Scope(
            organisation_id=self.id, municipality_id=self.municipality_id, district_id=self.district_id
        )

    def scope_of_choices(self) -> Scope:
        """Where it lies, for what it chooses itself. A police district reaches its own units and whoever lies in
        the whole of it; what lies in a municipality chooses by itself or through the municipality."""
        is_local = self.municipality_id is not None and self.kind is not OrganisationKind.POLICE_UNIT
        return replace(self.scope(), district_id=None) if is_local else self.scope()

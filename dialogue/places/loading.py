"""Loads the country's police districts and municipalities; can be run again and keeps what was edited."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base.i18n import Translated
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.places.operations import bring_organisations_along


class Loadable(Protocol):
    """A row that remembers what the last loading set."""

    loaded: Any


Row = TypeVar("Row", bound=Loadable)

DATA = Path(__file__).parent / "data"
# The districts date from the police reform, the municipalities and counties from the latest changes.
DISTRICTS_SINCE = date(2016, 1, 1)
MUNICIPALITIES_SINCE = date(2024, 1, 1)


@dataclass
class Loaded:
    """What a loading did; counts of rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        text = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"
        return text if not self.kept else f"{text}; kept as edited: {', '.join(self.kept)}"


def load_places(session: Session) -> Loaded:
    """Bring districts and municipalities to what the files say, except where somebody has edited them since.

    A value counts as edited when it is no longer what the last loading set.
    """
    result = Loaded()
    districts = {district.code: district for district in session.scalars(select(PoliceDistrict))}
    for row in _rows("police_districts.csv"):
        code = row["ssb_klass109_code"]
        values = {
            "name": Translated(nb=row["name_nb"], nn=row["name_nn"], en=row["name_en"]),
            "slug": row["slug"],
            "headquarters": row["headquarters"],
        }
        fresh = PoliceDistrict(code=code, valid_from=DISTRICTS_SINCE, loaded={})
        districts[code] = bring(session, districts.get(code), fresh, values, result, row["slug"])
    session.flush()
    by_name = {district.loaded["name"]["nb"]: district.id for district in districts.values()}
    municipalities = {place.number: place for place in session.scalars(select(Municipality))}
    for row in _rows("municipalities.csv"):
        number = row["number"]
        place_values = {
            "name": row["norwegian_name"] or row["official_name"],
            "official_name": row["official_name"],
            "other_names": row["other_names"],
            "slug": row["slug"],
            "county": row["county"],
            "district_id": by_name[row["police_district"]],
            "sami_language": row["sami_language"],
        }
        new = Municipality(number=number, valid_from=MUNICIPALITIES_SINCE, loaded={})
        bring(session, municipalities.get(number), new, place_values, result, row["slug"])
    session.flush()
    bring_organisations_along(session)
    return result


def bring(
    session: Session, there: Row | None, fresh: Row, values: dict[str, Any], result: Loaded, called: str
) -> Row:
    """Bring one row to these values, except where it was edited; ``fresh`` is the row when there is none."""
    row = there or fresh
    changed = False
    for name, value in values.items():
        stored = value.as_dict() if isinstance(value, Translated) else value
        present = getattr(row, name)
        present = present.as_dict() if isinstance(present, Translated) else present
        if there is not None and present != row.loaded.get(name):
            result.kept.append(f"{called}.{name}")
        elif present != stored:
            setattr(row, name, value)
            changed = True
    row.loaded = {
        name: value.as_dict() if isinstance(value, Translated) else value for name, value in values.items()
    }
    if there is None:
        session.add(row)
        result.added += 1
    elif changed:
        result.changed += 1
    else:
        result.unchanged += 1
    return row


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

"""Loads the plans that are known of the whole country; can be run again and keeps what was edited."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dialogue.base.i18n import Translated
from dialogue.goals.models import Goal, Plan
from dialogue.places.loading import Loaded, bring

DATA = Path(__file__).parent / "data" / "plans.json"


def load_plans(session: Session) -> Loaded:
    """Bring the plans and their goals to what the file says, except where somebody has edited them since.

    A plan that has run out is loaded too, with its years: what was tied to it must be shown by its name.
    """
    result = Loaded()
    known = {
        plan.key: plan
        for plan in session.scalars(select(Plan).where(Plan.key != "").options(selectinload(Plan.goals)))
    }
    for told in json.loads(DATA.read_text(encoding="utf-8")):
        values = {
            "name": Translated(told["name"]),
            "valid_from": told["valid_from"],
            "valid_to": told["valid_to"],
        }
        key = told["key"]
        plan = bring(session, known.get(key), Plan(key=key, loaded={}), values, result, key)
        _load_goals(session, plan, told["areas"], result)
    return result


def _load_goals(session: Session, plan: Plan, areas: list[dict[str, Any]], result: Loaded) -> None:
    known = {goal.key: goal for goal in plan.goals if goal.key}
    position = 0
    for area in areas:
        for told in area["goals"]:
            position += 1
            key = told["number"]
            values = {
                "position": position,
                "number": key,
                "area": Translated(area["name"]),
                "text": Translated({code: told[code] for code in area["name"]}),
            }
            fresh = Goal(plan=plan, key=key, loaded={}) if key not in known else known[key]
            bring(session, known.get(key), fresh, values, result, f"{plan.key}.{key}")
            if key in known and session.is_modified(fresh):
                fresh.revision += 1

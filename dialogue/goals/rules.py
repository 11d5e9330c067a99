"""State questions about plans and goals; pure."""

from collections.abc import Iterable
from datetime import date

from dialogue.base.i18n import Labelled, lazy
from dialogue.goals.models import Goal, Plan
from dialogue.web.permissions import Actor, Permission


class Validity(Labelled):
    """Whether a plan holds on a day."""

    VALID = "valid", lazy("Valid")
    COMING = "coming", lazy("Not valid yet")
    ENDED = "ended", lazy("Ended")


def validity(plan: Plan, day: date) -> Validity:
    """Where a day lies among the years of a plan, the first and the last included."""
    if day.year < plan.valid_from:
        return Validity.COMING
    return Validity.ENDED if day.year > plan.valid_to else Validity.VALID


def may_keep(actor: Actor, plan: Plan) -> bool:
    """Whether somebody looks after this plan: it holds in their own place, or they look after the country."""
    return actor.may(Permission.MANAGE_ORGANISATIONS, plan.scope())


def by_area(goals: Iterable[Goal]) -> list[tuple[str, list[Goal]]]:
    """Goals under the headings of their areas, in the order in which the plan names them."""
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        found.setdefault(str(goal.area), []).append(goal)
    return list(found.items())

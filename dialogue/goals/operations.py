"""What happens to plans and goals. What is tied to a goal lies in higher rooms; ``renew`` are their own, each
told which goals have changed, so that the pages that name them are made anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Invalid, NotAllowed
from dialogue.base.i18n import Translated, lazy
from dialogue.base.revisions import differing, is_as_shown
from dialogue.goals import rules
from dialogue.goals.models import LONGEST_AREA, LONGEST_GOAL, LONGEST_NAME, Goal, Plan
from dialogue.places.models import Municipality, PoliceDistrict
from dialogue.web.permissions import Actor, Permission, Scope

Renew = Sequence[Callable[[Session, Sequence[int]], None]]

FIRST_YEAR, LAST_YEAR = 1990, 2100

_CHANGED = lazy(
    "Somebody else changed this goal while you wrote. Read what is new below, and send again if it still holds."
)


_PLAN_CHANGED = lazy(
    "Somebody else changed this plan while you wrote. Read what is new below, and send again if it still holds."
)


@dataclass(frozen=True)
class PlanFacts:
    """What is known of a plan. It holds in a municipality, else in a police district, else in the country."""

    name: Translated
    valid_from: int
    valid_to: int
    municipality_id: int | None = None
    district_id: int | None = None


@dataclass(frozen=True)
class GoalFacts:
    """What is known of a goal."""

    text: Translated
    number: str = ""
    area: Translated = field(default_factory=Translated)


def make_plan(session: Session, actor: Actor, facts: PlanFacts) -> Plan:
    """Add a plan; the same plan sent again is the one that is there.

    Raises NotAllowed outside the places this person looks after, Invalid for years that are none.
    """
    municipality = session.get(Municipality, facts.municipality_id) if facts.municipality_id else None
    district_id = municipality.district_id if municipality else facts.district_id
    scope = Scope(municipality_id=facts.municipality_id, district_id=district_id)
    if not actor.may(Permission.MANAGE_ORGANISATIONS, scope):
        raise NotAllowed(lazy("You can only look after plans in your own places."))
    _check_plan(facts)
    # Whoever adds a plan at the same moment waits here, and then sees the one that was added.
    session.execute(select(PoliceDistrict.id).order_by(PoliceDistrict.id).limit(1).with_for_update())
    alike = session.scalars(
        select(Plan).where(
            Plan.key == "",
            Plan.valid_from == facts.valid_from,
            Plan.valid_to == facts.valid_to,
            Plan.municipality_id.is_not_distinct_from(facts.municipality_id),
            Plan.district_id.is_not_distinct_from(facts.district_id),
        )
    )
    for there in alike:
        if there.name == facts.name:
            return there
    plan = Plan(
        name=facts.name,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        municipality_id=facts.municipality_id,
        district_id=facts.district_id,
    )
    session.add(plan)
    session.flush()
    audit.record(session, actor.user_id, "create", "plan", plan.id)
    return plan


def change_plan(
    session: Session, actor: Actor, plan: Plan, revision: int, facts: PlanFacts, renew: Renew
) -> None:
    """Change a plan's name and the years it is valid; where it holds stays as it is. A later loading keeps it,
    and what stands there already changes nothing.

    Raises NotAllowed, Invalid for years that are none, Changed when somebody else was first.
    """
    require_keeper(actor, plan)
    _check_plan(facts)
    is_as_shown(session, plan, revision, lambda: not otherwise(plan, facts), _PLAN_CHANGED)
    if not otherwise(plan, facts):
        return
    plan.name, plan.valid_from, plan.valid_to = facts.name, facts.valid_from, facts.valid_to
    plan.revision += 1
    audit.record(session, actor.user_id, "change", "plan", plan.id)
    _tell(session, renew, [goal.id for goal in plan.goals])


def otherwise(plan: Plan, facts: PlanFacts) -> dict[str, Any]:
    """What stands in a plan that is written otherwise, by its name; where it holds is not written anew."""
    here = replace(facts, municipality_id=plan.municipality_id, district_id=plan.district_id)
    return differing(plan, here)


def add_goal(session: Session, actor: Actor, plan: Plan, facts: GoalFacts) -> Goal:
    """Add a goal at the end of a plan; the same goal sent again is the one that is there. Raises NotAllowed."""
    require_keeper(actor, plan)
    _check_goal(facts)
    session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update())
    session.refresh(plan, ["goals"])
    for there in plan.goals:
        if (there.number, there.area, there.text) == (facts.number, facts.area, facts.text):
            return there
    last = max((goal.position for goal in plan.goals), default=0)
    goal = Goal(plan=plan, position=last + 1, number=facts.number, area=facts.area, text=facts.text)
    session.add(goal)
    session.flush()
    audit.record(session, actor.user_id, "create", "goal", goal.id)
    return goal


def change_goal(
    session: Session, actor: Actor, goal: Goal, revision: int, facts: GoalFacts, renew: Renew
) -> None:
    """Change a goal's words; a later loading keeps them, and words that stand there already change nothing.

    Raises NotAllowed, Invalid, Changed when somebody else was first.
    """
    require_keeper(actor, goal.plan)
    _check_goal(facts)
    is_as_shown(session, goal, revision, lambda: not differing(goal, facts), _CHANGED)
    if not differing(goal, facts):
        return
    goal.number, goal.area, goal.text = facts.number, facts.area, facts.text
    goal.revision += 1
    audit.record(session, actor.user_id, "change", "goal", goal.id)
    _tell(session, renew, [goal.id])


def remove_goal(session: Session, actor: Actor, goal: Goal) -> bool:
    """Remove a goal, or retire it when something is tied to it or it comes from the file of the country's
    plans, which would bring it back; whether it is gone. Raises NotAllowed."""
    require_keeper(actor, goal.plan)
    audit.record(session, actor.user_id, "remove", "goal", goal.id)
    if not goal.key:
        try:
            # The database knows of everything that is tied to a goal, this room does not.
            with session.begin_nested():
                session.execute(delete(Goal).where(Goal.id == goal.id))
            session.expunge(goal)
            return True
        except IntegrityError:
            pass
    goal.retired_on = goal.retired_on or clock.today()
    return False


def offer_again(session: Session, actor: Actor, goal: Goal) -> None:
    """Offer a retired goal again. Raises NotAllowed."""
    require_keeper(actor, goal.plan)
    goal.retired_on = None
    audit.record(session, actor.user_id, "change", "goal", goal.id)


def require_keeper(actor: Actor, plan: Plan) -> None:
    """Raise NotAllowed unless this person looks after the plan."""
    if not rules.may_keep(actor, plan):
        raise NotAllowed(lazy("You can only look after plans in your own places."))


def _check_plan(facts: PlanFacts) -> None:
    _check_words(facts.name, LONGEST_NAME, "name")
    for name, year in (("valid_from", facts.valid_from), ("valid_to", facts.valid_to)):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Invalid(lazy("Write a year with four digits."), name)
    if facts.valid_to < facts.valid_from:
        raise Invalid(lazy("The last year comes before the first."), "valid_to")


def _check_goal(facts: GoalFacts) -> None:
    _check_words(facts.text, LONGEST_GOAL, "text")
    for _code, area in facts.area.texts:
        if len(area) > LONGEST_AREA:
            raise Invalid(lazy("Write at most %(max)s characters.", max=LONGEST_AREA), "area")


def _check_words(written: Translated, longest: int, field: str) -> None:
    if not written:
        raise Invalid(lazy("Fill in this field."), field)
    for _code, text in written.texts:
        if len(text) > longest:
            raise Invalid(lazy("Write at most %(max)s characters.", max=longest), field)


def _tell(session: Session, renew: Renew, goal_ids: Sequence[int]) -> None:
    session.flush()
    for tell in renew:
        tell(session, goal_ids)

"""Asking for help with an action: when, where and from how many."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from dialogue.actions.models import Action
from dialogue.actions.rules import Someone
from dialogue.base import audit, clock
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.i18n import Translated, lazy
from dialogue.dialogues import contributions
from dialogue.helping import mail, queries, rules
from dialogue.helping.mail import News
from dialogue.helping.models import HelpNews, HelpSlot, HelpTaker
from dialogue.meetings.rules import clock_skips
from dialogue.residents import operations as residents

MOST_WEEKS = 26


@dataclass(frozen=True)
class SlotPlan:
    """A slot as it is planned; the time is what the clock on the wall shows in Norway."""

    what: Translated
    place: Translated
    starts_local: datetime
    minutes: int
    wanted: int


def ask(session: Session, who: Someone, action: Action, plan: SlotPlan, weeks: int, key: str) -> int:
    """Ask for help, at the same time in so many weeks one after the other; return how many that are.

    The same page sent twice adds them once. Raises NotAllowed, Closed when no help can be asked for with this
    action, Invalid for a time that has passed or that no clock shows.
    """
    _require(who, action)
    if not rules.wants_help(action):
        raise Closed(lazy("Help can be asked for when the owner has said yes and the action is public."))
    if plan.starts_local <= queries.wall_clock():
        raise Invalid(lazy("This time has passed. Choose a later one."), "date")
    each = [
        replace(plan, starts_local=plan.starts_local + timedelta(weeks=week)) for week in range(max(weeks, 1))
    ]
    for one in each:
        _check(one)
    if residents.first_time(session, key, f"help\0{action.id}\0{weeks}\0{plan!r}"):
        for one in each:
            slot = HelpSlot(action=action, taken=0, **vars(one))
            session.add(slot)
            session.flush()
            _note(session, who, slot, "", "asked")
        contributions.raise_version(session, action.dialogue_id)
    return len(each)


def change(session: Session, who: Someone, slot: HelpSlot, plan: SlotPlan, revision: int) -> int:
    """Change a slot and return how many were told by mail that its time, place or task is another.

    Raises NotAllowed, Invalid, among others when more have joined in than would be wanted, and Closed when the
    slot is cancelled or over, or has been changed since ``revision``.
    """
    _require(who, slot.action)
    _check(plan)
    current = queries.locked(session, slot.id)
    _refuse_past(current)
    if current.revision != revision:
        raise Closed(lazy("Somebody else has changed this in the meantime. Look at it anew before you save."))
    if plan.starts_local <= queries.wall_clock():
        raise Invalid(lazy("This time has passed. Choose a later one."), "date")
    if plan.wanted < current.taken:
        raise Invalid(
            lazy("%(number)s have joined in already. There cannot be fewer places.", number=current.taken),
            "wanted",
        )
    before = _known_to_all(current)
    for name, value in vars(plan).items():
        setattr(current, name, value)
    _touch(session, who, current, "changed")
    if before == _known_to_all(current):
        return 0
    # Whoever was reminded of the old time is reminded of the new one too.
    session.execute(
        update(HelpTaker)
        .where(HelpTaker.slot_id == current.id)
        .values(reminded_at=None)
        .execution_options(synchronize_session=False)
    )
    return _tell_everybody(session, who, current, News.CHANGED, HelpNews.CHANGED)


def cancel(session: Session, who: Someone, slot: HelpSlot) -> int:
    """Cancel a slot; those who joined in are told. Returns how many got a mail.

    Raises NotAllowed, Closed when it is cancelled already or over.
    """
    _require(who, slot.action)
    current = queries.locked(session, slot.id)
    _refuse_past(current)
    return _cancel(session, who, current)


def cancel_without_action(session: Session, slot_id: int) -> int:
    """Cancel a slot whose action was stopped or hidden, which nobody thought of; return how many got a mail."""
    current = queries.locked(session, slot_id)
    return 0 if rules.is_cancelled(current) else _cancel(session, None, current)


def _cancel(session: Session, who: Someone | None, slot: HelpSlot) -> int:
    slot.cancelled_at = clock.now()
    _touch(session, who, slot, "cancelled")
    return _tell_everybody(session, who, slot, News.CANCELLED, HelpNews.CANCELLED)


def _require(who: Someone, action: Action) -> None:
    if not rules.manages(who, action):
        raise NotAllowed


def _check(plan: SlotPlan) -> None:
    if clock_skips(plan.starts_local, str(clock.NORWAY)):
        raise Invalid(lazy("That night the clock is put forward past this time. Choose another one."), "time")


def _refuse_past(slot: HelpSlot) -> None:
    if rules.is_cancelled(slot) or rules.is_over(slot, clock.now()):
        raise Closed(lazy("This is cancelled or over, so it can no longer be changed."))


def _known_to_all(slot: HelpSlot) -> tuple[object, ...]:
    return slot.what, slot.place, slot.starts_local, slot.minutes


def _touch(session: Session, who: Someone | None, slot: HelpSlot, to: str) -> None:
    slot.revision += 1
    slot.changed_at = clock.now()
    session.flush()
    _note(session, who, slot, "asked", to)
    contributions.raise_version(session, slot.action.dialogue_id)


def _note(session: Session, who: Someone | None, slot: HelpSlot, before: str, to: str) -> None:
    contributions.note_change(
        session,
        slot.action.dialogue_id,
        ("help_slot", slot.id),
        (before, to),
        actor_id=getattr(who, "user_id", None),
    )


def _tell_everybody(session: Session, who: Someone | None, slot: HelpSlot, news: News, line: HelpNews) -> int:
    """Write it in the history of each who joined in, and mail those who left an address; return how many."""
    actor_id = getattr(who, "user_id", None)
    concerned = queries.takers(session, slot)
    for taker in concerned:
        contributions.note_change(
            session,
            slot.action.dialogue_id,
            ("contribution", taker.contribution_id),
            (taker.contribution.state.value, line.value),
            actor_id=actor_id,
        )
    audit.record(session, actor_id, f"tell {news.value}", "help_slot", slot.id, slot.action.dialogue_id)
    return mail.tell_all(session, slot, concerned, news, str(slot.revision))

"""What the room of joining in declares."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action
from dialogue.actions.work.queries import ON_A_DAY
from dialogue.base import clock, i18n
from dialogue.base.i18n import _, begun_large, ngettext, number
from dialogue.dialogues import rules as dialogue_rules
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, Dialogue
from dialogue.helping import jobs, mail, operations, queries, rules, views, views_desk, views_links
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.web.permissions import Actor
from dialogue.web.rooms import ChainLink, DeskItem, FollowPart, Job, Offer, OnDay, Room


def offers(session: Session, dialogue: Dialogue) -> Sequence[Offer]:
    """That help is wanted in the dialogue's actions, as one thing to do."""
    wanted = queries.wanted_in(session, dialogue) if dialogue_rules.takes_input(dialogue) else None
    if wanted is None:
        return []
    places = ngettext("%(num)s place is free", "%(num)s places are free", wanted.places)
    first = _("The first time is %(when)s", when=i18n.show_datetime(wanted.first))
    return [
        Offer(
            "help",
            _("Do you want to lend a hand?"),
            f"{places}\n{first}",
            url_for("helping.wanted", code=dialogue.code),
            _("Join in"),
            is_open=True,
        )
    ]


def follow_part(session: Session, contribution: Contribution, code: str) -> FollowPart:
    """A place as the holder of its follow code sees it."""
    taker = session.get_one(HelpTaker, contribution.id)
    slot = taker.slot
    has_place = contribution.state is not ContributionState.WITHDRAWN and taker.given_back_at is None
    over = rules.is_over(slot, clock.now())
    action = _link(url_for("chain.action", code=slot.action.code), str(slot.action.title))
    facts = [
        (_("Your place"), _standing(slot, has_place, over)),
        (_("When"), begun_large(mail.when(slot))),
        (_("Where"), str(slot.place)),
        (_("How many"), places(slot)),
        (_("Part of"), action if rules.wants_help(slot.action) else str(slot.action.title)),
    ]
    if has_place and not over and not rules.is_cancelled(slot):
        calendar = url_for("helping.calendar_file", code=slot.code)
        facts.append((_("Calendar"), _link(calendar, _("Add it to your calendar"))))
    if has_place:
        facts.append((_("Name"), taker.name))
    return FollowPart(
        heading=str(slot.what),
        text="",
        language=contribution.language,
        facts=facts,
        withdraw_label=_withdraw_label(taker, has_place, over),
        withdraw_question=_("Your name is removed.")
        if over
        else _("The place is free for somebody else at once. Your name is removed."),
    )


def action_tools(session: Session, action: Action, token: str) -> Sequence[ChainLink]:
    """Asking for help with an action, for its owner and organiser."""
    taken, wanted = queries.places_of(session, action)
    if not wanted and not rules.wants_help(action):
        return []
    url = (
        url_for("helping_links.slots", token=token)
        if token
        else url_for("helping_desk.slots", code=action.code)
    )
    said = (
        _taken(taken, wanted)
        if wanted
        else _(
            "Can residents or volunteers lend a hand? Say when and where. Anybody can join in, without an account."
        )
    )
    return [ChainLink(_("Join in"), _("See and change it") if wanted else _("Ask for help"), said, url)]


def action_days(
    session: Session, actor: Actor, ids: Select[int], first: date, last: date
) -> Mapping[date, OnDay]:
    """When help is wanted with actions, and how many have joined in; it leads those who ask for it to who they
    are."""
    days: dict[date, list[HelpSlot]] = {}
    totals: dict[date, int] = {}
    for slot, total in queries.in_month(session, ids, first, last, ON_A_DAY):
        day = slot.starts_local.date()
        days.setdefault(day, []).append(slot)
        totals[day] = total
    return {
        day: OnDay([_on_day(actor, slot) for slot in slots], totals[day] - len(slots))
        for day, slots in days.items()
    }


def places(slot: HelpSlot) -> str:
    """3 of 4, the only thing that everybody may know of those who join in."""
    return _("%(taken)s of %(all)s", taken=number(slot.taken), all=number(slot.wanted))


def _on_day(actor: Actor, slot: HelpSlot) -> DeskItem:
    may_see = rules.manages(actor, slot.action)
    return DeskItem(
        str(slot.what),
        url_for("helping_desk.people", code=slot.code) if may_see else None,
        detail=f"{_('Join in')} · {i18n.show_time(slot.starts_local)} · {_taken(slot.taken, slot.wanted)}",
    )


def _taken(taken: int, wanted: int) -> str:
    return _("%(taken)s of %(all)s places are taken.", taken=number(taken), all=number(wanted))


def _withdraw_label(taker: HelpTaker, has_place: bool, over: bool) -> str:
    if not has_place or (over and not taker.name):
        return ""
    return _("Remove my name") if over else _("Give the place back")


def _standing(slot: HelpSlot, has_place: bool, over: bool) -> str:
    if rules.is_cancelled(slot):
        return _("It is cancelled. You need not come.")
    if not has_place:
        return _("You have given the place back.")
    return _("You joined in. Thank you!") if over else _("The place is yours.")


def _link(address: str, words: str) -> str:
    return Markup('<a href="{}">{}</a>').format(address, words)


room = Room(
    "helping",
    blueprints=(views.blueprint, views_desk.blueprint, views_links.blueprint),
    jobs=(
        Job("remind of help", timedelta(minutes=15), jobs.remind),
        Job("cancel help without action", timedelta(minutes=15), jobs.cancel_without_action),
        Job("forget who helped", timedelta(hours=1), jobs.retire),
    ),
    offers=(offers,),
    action_tools=(action_tools,),
    action_days=(action_days,),
    follow_parts={ContributionKind.HELP.value: follow_part},
    erasers={ContributionKind.HELP.value: operations.erase},
)

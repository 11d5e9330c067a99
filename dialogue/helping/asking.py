"""How help is asked for, on whichever page: at the desk, or by the link in the owner's mail."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from dialogue.actions.models import Action
from dialogue.actions.rules import Someone
from dialogue.base import clock
from dialogue.base.errors import DomainError, NotAllowed, NotFound
from dialogue.base.i18n import Lazy, lazy, ngettext
from dialogue.helping import mail, operations, planning, queries, rules
from dialogue.helping.forms import SlotForm, values_for_new, values_of
from dialogue.helping.models import HelpSlot
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.transaction import session

SAID: dict[str, Lazy] = {
    "asked": lazy("Help is asked for."),
    "saved": lazy("It is saved."),
    "cancelled": lazy("It is cancelled."),
    "freed": lazy("The place is free again, and the name is removed."),
}


@dataclass(frozen=True)
class Way:
    """Who asks for help with which action, and where each of their pages is.

    ``to(page, slot, given=, said=)`` gives an address: ``slots`` and ``new`` belong to the action; ``edit``,
    ``cancel`` and ``people`` to a slot; ``take_off`` to one who joined in there. ``said`` is what was just
    done, for who has no session.
    """

    who: Someone
    action: Action
    to: Callable[..., str]
    action_page: str
    at_desk: bool
    # Each look at names is noted; whoever holds the link is known by that alone.
    note_look: Callable[[HelpSlot], None]

    @property
    def said(self) -> str:
        """What was just done, in words, for who has no session to keep them in."""
        return "" if self.at_desk else str(SAID.get(request.args.get("said", ""), ""))

    def slot(self, code: str) -> HelpSlot:
        """One of the action's slots. Raises NotFound."""
        found = queries.slot_with_code(session(), code)
        if found.action_id != self.action.id:
            raise NotFound
        return found


def slots_page(way: Way) -> str:
    """Every slot of the action, with how many have joined in."""
    _require(way)
    now = clock.now()
    return render_template(
        "helping/asking/slots.html",
        way=way,
        page=queries.of_action(session(), way.action, request.args.get("page", 1, type=int)),
        when=mail.when,
        can_ask=rules.wants_help(way.action),
        is_over=lambda slot: rules.is_over(slot, now),
    )


def new_page(way: Way) -> Response | tuple[str, int]:
    """Ask for help."""
    _require(way)
    form = SlotForm(posted(), data=values_for_new())
    form.prepare(way.action.dialogue, None)
    if sent(form):
        try:
            number = planning.ask(
                session(),
                way.who,
                way.action,
                form.plan(),
                form.weeks.data or 1,
                form.submission_key.data or "",
            )
            _say(way, ngettext("Help is asked for once.", "Help is asked for %(num)s times.", number))
            return redirect(way.to("slots", said="asked"))
        except DomainError as error:
            form.refuse(error)
    return render_form("helping/asking/edit.html", form, way=way, slot=None)


def edit_page(way: Way, code: str) -> Response | tuple[str, int]:
    """Change a slot."""
    _require(way)
    slot = way.slot(code)
    form = SlotForm(posted(), data=values_of(slot))
    form.prepare(way.action.dialogue, slot)
    if sent(form):
        try:
            told = planning.change(session(), way.who, slot, form.plan(), hidden_number(form.revision))
            _say(way, str(SAID["saved"]), told)
            return redirect(way.to("slots", said="saved"))
        except DomainError as error:
            form.refuse(error)
            slot = way.slot(code)
    return render_form("helping/asking/edit.html", form, way=way, slot=slot)


def cancel_now(way: Way, code: str) -> Response:
    """Cancel a slot and tell those who joined in."""
    told = planning.cancel(session(), way.who, way.slot(code))
    _say(way, str(SAID["cancelled"]), told)
    return redirect(way.to("slots", said="cancelled"))


def people_page(way: Way, code: str) -> str:
    """Who joins in."""
    _require(way)
    slot = way.slot(code)
    way.note_look(slot)
    return render_template(
        "helping/asking/people.html",
        way=way,
        slot=slot,
        when=mail.when(slot),
        takers=queries.takers(session(), slot),
        can_take_off=not rules.is_over(slot, clock.now()),
    )


def take_off_now(way: Way, code: str, given: str) -> Response:
    """Free somebody's place on their behalf."""
    slot = way.slot(code)
    operations.take_off(session(), way.who, slot, queries.taker_of(session(), slot, given))
    _say(way, str(SAID["freed"]))
    return redirect(way.to("people", slot, said="freed"))


def _require(way: Way) -> None:
    if not rules.manages(way.who, way.action):
        raise NotAllowed


def _say(way: Way, said: str, told: int = 0) -> None:
    # Without sign-in there is no session to keep the words in; the address then says which they are.
    if way.at_desk:
        flash(said, "success")
        if told:
            flash(
                ngettext("%(num)s person was told by mail.", "%(num)s people were told by mail.", told),
                "message",
            )

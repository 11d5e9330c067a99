"""The two pages on which what residents gave is gathered: the themes of a dialogue, and one theme."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from dialogue.actions.models import Action
from dialogue.actions.rules import is_late
from dialogue.base import clock
from dialogue.base.i18n import _, ngettext
from dialogue.base.revisions import differing
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Channel, ContributionKind, Dialogue
from dialogue.dialogues.rules import is_public
from dialogue.followup import gathered, placed, queries, queries_decisions, queries_desk
from dialogue.followup.forms_condensing import LeaveOutForm, NewThemeForm, SplitForm, ThemeForm
from dialogue.followup.gathered import GatheredPage, Wanted
from dialogue.followup.models import Regrouped, Regrouping, Theme
from dialogue.goals import queries as goals
from dialogue.web import sources
from dialogue.web.forms import Form, render_form
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

# A step is offered to be undone as long as somebody still remembers it.
UNDO_FOR = timedelta(minutes=15)
# What the address of the page keeps of what somebody looks for.
LOOKED_FOR = ("q", "kind", "channel", "label", "page")


def themes_page(
    dialogue: Dialogue,
    form: Form,
    *,
    theme_form: NewThemeForm | None = None,
    leave_form: LeaveOutForm | None = None,
) -> tuple[str, int]:
    """The themes of a dialogue and what lies in none; ``form`` is the one that was sent, if any."""
    scope = dialogue.scope()
    wanted = _wanted()
    may_condense = actor().may(Permission.CONDENSE, scope)
    # Who decides without condensing sees how much waits; reading it is the work of those who place it.
    readable = sources.readable(actor(), scope) if may_condense else sources.shown()
    shares = placed.shares_unplaced(session(), dialogue.id)
    page = gathered.unplaced(session(), dialogue.id, _page_number(), wanted, readable, shares)
    _note_reading(page, ("dialogue", dialogue.id), dialogue.id)
    return render_form(
        "followup/desk_themes.html",
        form,
        dialogue=dialogue,
        theme_form=theme_form or NewThemeForm(),
        leave_form=leave_form or LeaveOutForm(),
        page=page,
        wanted=wanted,
        spread=placed.spread(shares),
        outside=gathered.outside(session(), dialogue),
        left_out=gathered.left_out(session(), dialogue.id, readable),
        stories=queries.stories_at_desk(session(), queries.themes_in(session(), dialogue.id)),
        retired=queries_desk.retired_in(session(), dialogue.id),
        waiting=queries_decisions.held(session(), dialogue.id),
        into=request.values.get("theme", ""),
        may_decide=actor().may(Permission.DECIDE, scope),
        may_condense=may_condense,
        **_choosing(dialogue.id, may_condense),
    )


def theme_page(
    theme: Theme,
    form: Form,
    *,
    words_form: ThemeForm | None = None,
    split_form: SplitForm | None = None,
    there: Mapping[str, Any] | None = None,
) -> tuple[str, int]:
    """A theme with all that belongs to it; ``form`` is the one that was sent, if any, and ``there`` what somebody
    else has written into it meanwhile."""
    scope = theme.dialogue.scope()
    may_condense = actor().may(Permission.CONDENSE, scope)
    readable = sources.readable(actor(), scope)
    page = gathered.in_theme(session(), theme.id, _page_number(), readable)
    _note_reading(page, ("theme", theme.id), theme.dialogue_id)
    splitting = split_form or SplitForm()
    ask_in_its_languages(splitting, theme.dialogue, splitting.new_title)
    return render_form(
        "followup/desk_theme.html",
        form,
        theme=theme,
        words_form=words_form or words_of(theme, None),
        split_form=splitting,
        there=there or {},
        story=queries.story_at_desk(session(), theme),
        actions=queries_desk.actions_after(session(), theme.id),
        page=page,
        shares=placed.shares_in(session(), theme.id),
        counted=lambda share: sources.of(share.kind).counted(share.count),
        others=[one for one in queries.themes_in(session(), theme.dialogue_id) if one.id != theme.id],
        is_late=is_late,
        today=clock.today(),
        address_of=_address_of,
        may_condense=may_condense,
        may_decide=actor().may(Permission.DECIDE, scope),
        may_propose=actor().may(Permission.MANAGE_ACTIONS, scope) and is_public(theme.dialogue),
        **_choosing(theme.dialogue_id, may_condense),
    )


def words_of(theme: Theme, values: MultiDict[str, str] | None) -> ThemeForm:
    """The form of a theme's words, with the goals that are valid there."""
    municipality = theme.dialogue.municipality
    form = ThemeForm(values, obj=theme)
    form.prepare(
        theme.dialogue,
        goals.choices(session(), clock.today(), municipality.id, municipality.district_id, theme.goal),
    )
    return form


def standing_now(theme: Theme, form: ThemeForm) -> dict[str, Any]:
    """What stands in each part of a theme that was written otherwise, for the page."""
    there = differing(theme, form.words())
    if "goal_id" in there:
        there["goal_id"] = theme.goal.named if theme.goal else ""
    return there


def back_to_unplaced(code: str, into: str = "") -> Response:
    """Back to what waits to be placed, with the same things looked for and the same theme chosen."""
    kept: dict[str, Any] = {name: value for name in LOOKED_FOR if (value := request.form.get(name, "")[:80])}
    address = url_for("condense.all_themes", code=code, theme=into or None, _anchor="unplaced", **kept)
    return redirect(address)


def none_moved(count: int) -> str:
    """What is said of a step that moved nothing; of another the page says it, and offers to undo it."""
    return "" if count else _("Nothing was moved: it lies there already.")


def _choosing(dialogue_id: int, may_condense: bool) -> dict[str, Any]:
    """What is ticked already, and the last step of this person."""
    return {
        "ticked": set(request.form.getlist("chosen")),
        "all_ticked": request.args.get("all") == "1",
        **last_step(dialogue_id, may_condense=may_condense),
    }


def last_step(dialogue_id: int, *, may_condense: bool = True) -> dict[str, Any]:
    """The last step of this person, to be undone, and what is said of it."""
    step = None
    if may_condense:
        step = queries_desk.last_regrouping(session(), actor(), dialogue_id, clock.now() - UNDO_FOR)
    return {"step": step, "step_said": _said(step) if step else ""}


def _said(step: Regrouping) -> str:
    values: dict[str, Any] = {"num": step.count, "theme": step.theme.title}
    match step.what:
        case Regrouped.PLACED:
            return ngettext(
                "%(num)s contribution placed in “%(theme)s”.",
                "%(num)s contributions placed in “%(theme)s”.",
                **values,
            )
        case Regrouped.TAKEN_OUT:
            return ngettext(
                "%(num)s contribution taken out of “%(theme)s”.",
                "%(num)s contributions taken out of “%(theme)s”.",
                **values,
            )
        case Regrouped.MERGED:
            return ngettext(
                "%(num)s contribution merged into “%(theme)s”.",
                "%(num)s contributions merged into “%(theme)s”.",
                **values,
            )
        case Regrouped.SPLIT:
            return ngettext(
                "“%(theme)s” made of %(num)s contribution.",
                "“%(theme)s” made of %(num)s contributions.",
                **values,
            )


def _wanted() -> Wanted:
    asked = request.values
    kinds = {kind.value: kind for kind in ContributionKind}
    channels = {channel.value: channel for channel in Channel}
    return Wanted(
        words=asked.get("q", "")[:80].strip(),
        kind=kinds.get(asked.get("kind", "")),
        channel=channels.get(asked.get("channel", "")),
        label=asked.get("label", "")[:60],
    )


def _page_number() -> int:
    return request.values.get("page", 1, type=int)


def _note_reading(page: GatheredPage, subject: tuple[str, int], dialogue_id: int) -> None:
    """Note that somebody reads words that are for a few only. A page that shows a form again was read before."""
    if request.method == "GET" and page.needs_note:
        note_read(actor(), "read texts", subject[0], (subject[1], dialogue_id))


def _address_of(action: Action) -> str:
    return url_for("actions.action", code=action.code)

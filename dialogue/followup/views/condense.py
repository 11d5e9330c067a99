"""The desk: what residents gave is gathered under themes."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext
from dialogue.base.revisions import Changed
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.followup import queries_desk, regrouping, themes
from dialogue.followup.forms_condensing import NewThemeForm, SplitForm
from dialogue.followup.models import Theme
from dialogue.followup.views import condensing
from dialogue.web import access
from dialogue.web.forms import hidden_number, posted, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, session

blueprint = Blueprint("condense", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/themes", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def all_themes(code: str) -> Response | tuple[str, int]:
    """The themes of a dialogue, and what lies in none; make a new theme."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    form = NewThemeForm(posted())
    ask_in_its_languages(form, dialogue, form.title)
    if sent(form):
        try:
            themes.create(session(), actor(), dialogue, form.title.data, form.submission_key.data or "")
            return redirect(url_for("condense.all_themes", code=code))
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogues.for_desk(session(), actor(), code)
    return condensing.themes_page(dialogue, form, theme_form=form)


@blueprint.post("/dialogues/<code>/place")
@access.staff(Permission.CONDENSE)
def place(code: str) -> Response:
    """Put what was chosen into a theme."""
    theme = _theme(request.form.get("theme", ""))
    back = condensing.back_to_unplaced(code, theme.code)
    return _try(lambda: condensing.none_moved(themes.place(session(), actor(), theme, _chosen())), back)


@blueprint.route("/themes/<code>", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def theme(code: str) -> Response | tuple[str, int]:
    """A theme: what it gathers, its words in the brief, its decision and what follows."""
    shown = queries_desk.theme(session(), actor(), code, Permission.VIEW_DIALOGUE)
    form = condensing.words_of(shown, posted())
    there: dict[str, Any] = {}
    if sent(form):
        try:
            themes.reword(session(), actor(), shown, hidden_number(form.revision), form.words())
            flash(_("Saved."), "success")
            return redirect(url_for("condense.theme", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries_desk.theme(session(), actor(), code, Permission.VIEW_DIALOGUE)
            if isinstance(error, Changed):
                # They see now what the other wrote, so what they send next is sent knowingly.
                form.revision.data = str(shown.revision)
                there = condensing.standing_now(shown, form)
    return condensing.theme_page(shown, form, words_form=form, there=there)


@blueprint.post("/themes/<code>/regroup")
@access.staff(Permission.CONDENSE)
def regroup(code: str) -> Response:
    """Move what was chosen into another theme, or out of every theme."""
    source = _theme(code)
    target = request.form.get("theme", "")

    def move() -> str:
        if target:
            count = themes.place(session(), actor(), _theme(target), _chosen())
        else:
            count = themes.take_out(session(), actor(), source, _chosen())
        return condensing.none_moved(count)

    return _try(move, _to_gathered(code))


@blueprint.post("/themes/<code>/split")
@access.staff(Permission.CONDENSE)
def split(code: str) -> Response | tuple[str, int]:
    """Make a new theme of what was chosen."""
    source = _theme(code)
    form = SplitForm(request.form)
    ask_in_its_languages(form, source.dialogue, form.new_title)
    if sent(form):
        try:
            key = form.submission_key.data or ""
            themes.split(session(), actor(), source, _chosen(), form.title(), key)
            return _to_gathered(code)
        except DomainError as error:
            form.refuse(error)
            source = _theme(code)
    return condensing.theme_page(source, form, split_form=form)


@blueprint.post("/themes/<code>/<any(mark, unmark):change>")
@access.staff(Permission.CONDENSE)
def mark(code: str, change: str) -> Response:
    """Show what was chosen as minority views, or among the others again."""
    shown = _theme(code)
    marking = regrouping.mark if change == "mark" else regrouping.unmark
    return _try(
        lambda: ngettext(
            "%(num)s contribution changed.",
            "%(num)s contributions changed.",
            marking(session(), actor(), shown, _chosen()),
        ),
        _to_gathered(code),
    )


@blueprint.post("/themes/<code>/merge")
@access.staff(Permission.CONDENSE)
def merge(code: str) -> Response:
    """Put everything of this theme into another."""
    source, target = _theme(code), _theme(request.form.get("target", ""))

    def join() -> str:
        themes.merge(session(), actor(), source, target)
        return _("The themes have been merged.")

    return _try(
        join,
        redirect(url_for("condense.theme", code=target.code)),
        redirect(url_for("condense.theme", code=source.code)),
    )


@blueprint.post("/themes/<code>/move")
@access.staff(Permission.CONDENSE)
def move(code: str) -> Response:
    """Change places with the theme before or after."""
    shown = _theme(code)
    themes.move(session(), actor(), shown, up=request.form.get("to") == "up")
    return redirect(url_for("condense.all_themes", code=shown.dialogue.code))


@blueprint.post("/themes/<code>/retire")
@access.staff(Permission.CONDENSE)
def retire(code: str) -> Response:
    """Put an empty theme away."""
    shown = _theme(code)
    to = redirect(url_for("condense.all_themes", code=shown.dialogue.code))

    def put_away() -> str:
        themes.retire(session(), actor(), shown)
        return _("The theme has been put away.")

    return _try(put_away, to)


@blueprint.post("/themes/<code>/restore")
@access.staff(Permission.CONDENSE)
def restore(code: str) -> Response:
    """Take a theme into use again."""
    shown = _theme(code)
    themes.restore(session(), actor(), shown)
    return redirect(url_for("condense.theme", code=code))


def _chosen() -> list[str]:
    return request.form.getlist("chosen")


def _to_gathered(code: str) -> Response:
    return redirect(url_for("condense.theme", code=code, _anchor="gathered"))


def _theme(code: str) -> Theme:
    return queries_desk.theme(session(), actor(), code, Permission.CONDENSE)


def _try(change: Callable[[], str], done: Response, refused: Response | None = None) -> Response:
    """Make a change on a page without fields to mark: say above the page how it went, unless the page does."""
    try:
        if said := change():
            flash(said, "success")
    except DomainError as error:
        give_up(error)
        return refused or done
    return done

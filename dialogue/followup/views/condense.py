"""The desk: ideas are gathered under themes."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.actions.models import Action
from dialogue.actions.rules import is_late
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.followup import queries, queries_desk, themes
from dialogue.followup.forms import NewThemeForm, ThemeForm
from dialogue.followup.models import Theme
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import begin_anew, session

blueprint = Blueprint("condense", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/themes", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def all_themes(code: str) -> Response | tuple[str, int]:
    """The themes of a dialogue, and the ideas that lie in none; make a new theme."""
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
    words = request.args.get("q", "")[:80].strip()
    return render_form(
        "followup/desk_themes.html",
        form,
        dialogue=dialogue,
        page=queries.unplaced(session(), dialogue.id, request.args.get("page", 1, type=int), words),
        words=words,
        stories=queries.stories(session(), queries.themes_in(session(), dialogue.id)),
        retired=queries_desk.retired_in(session(), dialogue.id),
        may_condense=actor().may(Permission.CONDENSE, dialogue.scope()),
    )


@blueprint.post("/dialogues/<code>/place")
@access.staff(Permission.CONDENSE)
def place(code: str) -> Response:
    """Put the chosen ideas into a theme."""
    theme = _theme(request.form.get("theme", ""))
    return _try(
        lambda: ngettext(
            "%(num)s idea placed.",
            "%(num)s ideas placed.",
            themes.place(session(), actor(), theme, request.form.getlist("ideas")),
        ),
        redirect(url_for("condense.all_themes", code=code)),
    )


@blueprint.route("/themes/<code>", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def theme(code: str) -> Response | tuple[str, int]:
    """A theme: its ideas, its words in the brief, its decision and what follows."""
    shown = queries_desk.theme(session(), actor(), code, Permission.VIEW_DIALOGUE)
    form = ThemeForm(posted(), obj=shown)
    ask_in_its_languages(form, shown.dialogue, form.title)
    if sent(form):
        try:
            themes.reword(session(), actor(), shown, form.words())
            flash(_("Saved."), "success")
            return redirect(url_for("condense.theme", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries_desk.theme(session(), actor(), code, Permission.VIEW_DIALOGUE)
    scope = shown.dialogue.scope()
    others = [one for one in queries.themes_in(session(), shown.dialogue_id) if one.id != shown.id]
    return render_form(
        "followup/desk_theme.html",
        form,
        theme=shown,
        story=queries.story_of(session(), shown),
        actions=queries_desk.actions_after(session(), shown.id),
        page=queries.ideas_in(session(), shown.id, request.args.get("page", 1, type=int)),
        others=others,
        is_late=is_late,
        today=clock.today(),
        address_of=_address_of,
        may_condense=actor().may(Permission.CONDENSE, scope),
        may_decide=actor().may(Permission.DECIDE, scope),
        may_propose=actor().may(Permission.MANAGE_ACTIONS, scope),
    )


@blueprint.post("/themes/<code>/regroup")
@access.staff(Permission.CONDENSE)
def regroup(code: str) -> Response:
    """Move the chosen ideas into another theme, or out of every theme."""
    source = _theme(code)
    chosen = request.form.getlist("ideas")
    target = request.form.get("theme", "")

    def move() -> str:
        if target:
            count = themes.place(session(), actor(), _theme(target), chosen)
        else:
            count = themes.take_out(session(), actor(), source, chosen)
        return ngettext("%(num)s idea moved.", "%(num)s ideas moved.", count)

    return _try(move, redirect(url_for("condense.theme", code=code)))


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


def _address_of(action: Action) -> str:
    return url_for("actions.action", code=action.code)


def _theme(code: str) -> Theme:
    return queries_desk.theme(session(), actor(), code, Permission.CONDENSE)


def _try(change: Callable[[], str], done: Response, refused: Response | None = None) -> Response:
    """Make a change on a page without fields to mark: say above the page how it went."""
    try:
        flash(change(), "success")
    except DomainError as error:
        begin_anew()
        flash(str(error.message), "error")
        return refused or done
    return done

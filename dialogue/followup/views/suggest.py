"""The desk: groups that are suggested among what is not placed, and a new theme of what was chosen."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _, ngettext
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.forms import ask_in_its_languages
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries, queries_desk, suggesting, themes
from dialogue.followup.forms_condensing import NewThemeForm
from dialogue.followup.views import condensing
from dialogue.web import access, sources
from dialogue.web.forms import render_form
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, note_read, session

blueprint = Blueprint("suggest", __name__, url_prefix="/<lang:lang>/desk")

# So many groups can be put aside by one person at a time; the address holds them.
MOST_PUT_ASIDE = 60


@blueprint.get("/dialogues/<code>/suggestions")
@access.staff(Permission.CONDENSE)
def groups(code: str) -> str:
    """What is not placed, in groups that look alike."""
    dialogue = _dialogue(code)
    aside = request.args.getlist("aside")[:MOST_PUT_ASIDE]
    readable = sources.readable(actor(), dialogue.scope())
    found = suggesting.suggestions(session(), dialogue.id, readable, set(aside))
    if found.needs_note:
        note_read(actor(), "read texts", "dialogue", (dialogue.id, dialogue.id))
    return render_template(
        "followup/desk_suggestions.html",
        dialogue=dialogue,
        found=found,
        aside=aside,
        themes=queries.themes_in(session(), dialogue.id),
        **condensing.last_step(dialogue.id),
    )


@blueprint.post("/dialogues/<code>/suggestions/accept")
@access.staff(Permission.CONDENSE)
def accept(code: str) -> Response:
    """Put what was chosen of a group into a theme; what somebody else has placed meanwhile stays there."""
    dialogue = _dialogue(code)
    back = redirect(url_for("suggest.groups", code=code, aside=request.form.getlist("aside")))
    try:
        theme = queries_desk.theme(session(), actor(), request.form.get("theme", ""), Permission.CONDENSE)
        elsewhere = themes.gather(session(), actor(), dialogue, theme, request.form.getlist("chosen"))
        _tell(elsewhere)
    except DomainError as error:
        give_up(error)
    return back


@blueprint.post("/dialogues/<code>/new-theme")
@access.staff(Permission.CONDENSE)
def name(code: str) -> Response | str | tuple[str, int]:
    """Make a theme of what was chosen among what is not placed. It is asked for its name first."""
    dialogue = _dialogue(code)
    chosen = request.form.getlist("chosen")
    is_named = "named" in request.form
    form = NewThemeForm(request.form if is_named else None)
    ask_in_its_languages(form, dialogue, form.title)
    if not chosen:
        flash(_("Choose at least one contribution."), "error")
        return _back(code)
    if is_named and form.validate():
        try:
            key = form.submission_key.data or ""
            elsewhere = themes.make_of(session(), actor(), dialogue, chosen, form.title.data, key)
            _tell(elsewhere)
            return _back(code)
        except DomainError as error:
            form.refuse(error)
            dialogue = _dialogue(code)
    beside = {
        "dialogue": dialogue,
        "chosen": chosen,
        "words": request.form.get("words", "")[:80],
        "came_from": request.form.get("came_from", ""),
    }
    if is_named:
        return render_form("followup/desk_name_theme.html", form, **beside)
    return render_template("followup/desk_name_theme.html", form=form, has_errors=False, **beside)


def _dialogue(code: str) -> Dialogue:
    return dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)


def _back(code: str) -> Response:
    if request.form.get("came_from") == "suggestions":
        return redirect(url_for("suggest.groups", code=code, aside=request.form.getlist("aside")))
    return condensing.back_to_unplaced(code)


def _tell(elsewhere: int) -> None:
    if elsewhere:
        flash(
            ngettext(
                "Somebody else has placed %(num)s of these meanwhile. It stays there.",
                "Somebody else has placed %(num)s of these meanwhile. They stay there.",
                elsewhere,
            ),
            "success",
        )

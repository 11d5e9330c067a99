"""The desk: choosing and checking the quotes that stand in the brief."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import Labelled, _, ngettext
from dialogue.briefs import lines, queries_quotes, quoting
from dialogue.briefs.forms import QuotesForm, quotes_form
from dialogue.briefs.sources import Said
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries_desk
from dialogue.residents import guard
from dialogue.web import access, sources
from dialogue.web.forms import render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import begin_anew, note_read, session

blueprint = Blueprint("brief_quotes", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/brief/quotes", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def choose(code: str) -> Response | tuple[str, int]:
    """The quotes of each theme of the page, and some more that are proposed."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    form = _posted_form(dialogue) if request.method == "POST" else None
    if form is not None and sent(form) and _keep(dialogue, form):
        return redirect(url_for("briefs.draft", code=code))
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    themes = lines.of_page(session(), dialogue)
    ids = [theme.id for theme in themes]
    quotes = queries_quotes.quotes_in(session(), ids)
    proposed = {} if form else queries_quotes.proposed(session(), ids)
    few = {key: said for key, said in proposed.items() if len(quotes.get(key, ())) < queries_quotes.ENOUGH}
    form = form or quotes_form([said for group in few.values() for said in group], {}, None)
    return render_form(
        "briefs/desk_quotes.html",
        form,
        dialogue=dialogue,
        themes=themes,
        quotes=quotes,
        of_theme={key: {said.contribution.code for said in group} for key, group in few.items()},
        segments=guard.segments,
    )


@blueprint.route("/themes/<code>/quotes", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def of_theme(code: str) -> Response | tuple[str, int]:
    """Everything that lies in a theme, to choose quotes from."""
    theme = queries_desk.theme(session(), actor(), code, Permission.CONDENSE)
    form = _posted_form(theme.dialogue) if request.method == "POST" else None
    if form is not None and sent(form) and _keep(theme.dialogue, form):
        return redirect(url_for("brief_quotes.choose", code=theme.dialogue.code))
    theme = queries_desk.theme(session(), actor(), code, Permission.CONDENSE)
    search = request.args.get("q", "")[:80].strip()
    number = request.args.get("page", 1, type=int)
    page = queries_quotes.in_theme(session(), theme, _kinds(theme.dialogue), number, search)
    kept = {key: quote.text for key, quote in page.quotes.items()}
    shown = form or quotes_form(page.said, kept, None)
    _note_reading(theme.dialogue, [said for said, _text, _use in shown.rows()])
    return render_form(
        "briefs/desk_theme_quotes.html",
        shown,
        theme=theme,
        page=page,
        words=search,
        segments=guard.segments,
    )


@blueprint.post("/dialogues/<code>/brief/quotes/<given>/remove")
@access.staff(Permission.CONDENSE)
def remove(code: str, given: str) -> Response:
    """Show a quote no more."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    quoting.remove(session(), actor(), dialogue, given)
    flash(_("The quote is removed."), "success")
    return redirect(url_for("brief_quotes.choose", code=code))


def _posted_form(dialogue: Dialogue) -> QuotesForm:
    """The form for what was sent, whatever has been moved about since the page was opened."""
    codes = [name.removeprefix("text-") for name in request.form if name.startswith("text-")]
    said = queries_quotes.chosen(session(), dialogue.id, _kinds(dialogue), codes[: quoting.MOST_AT_ONCE])
    return quotes_form(said, {}, request.form)


def _keep(dialogue: Dialogue, form: QuotesForm) -> bool:
    """Keep what is ticked; False when something has to be put right, which then stands at its field."""
    try:
        ticked = form.ticked()
        wrong = quoting.keep(session(), actor(), dialogue, ticked)
    except DomainError as error:
        form.refuse(error)
        return False
    if wrong:
        begin_anew()
        form.show_wrong(wrong)
        return False
    flash(ngettext("%(num)s quote is kept.", "%(num)s quotes are kept.", len(ticked)), "success")
    return True


def _kinds(dialogue: Dialogue) -> Sequence[Labelled]:
    return sources.readable(actor(), dialogue.scope())


def _note_reading(dialogue: Dialogue, said: Sequence[Said]) -> None:
    """Note that words were read that only the team may read."""
    read = [one.contribution.id for one in said if sources.of(one.contribution.kind).needs is not None]
    note_read(actor(), "read", "contribution", *((key, dialogue.id) for key in read))

"""The note for patrols: at the desk, on half a sheet, and on the page that patrols open with their link."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import qr
from dialogue.base.errors import DomainError, NotFound, TooMany
from dialogue.base.i18n import _, lazy
from dialogue.briefs import patrols, queries_patrols, rules
from dialogue.briefs.forms import WishForm
from dialogue.briefs.models import PatrolLink
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.followup.queries import themes_in
from dialogue.web import access, security
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.limits import Limit
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("patrols", __name__, url_prefix="/<lang:lang>")

GUESSES = "patrol link"
GUESSES_ALLOWED = Limit(times=30, seconds=600)
# More visits than patrols make to one place in an hour, so that a link that has got about counts for little.
VISITS = Limit(times=12, seconds=3600)


@blueprint.route("/desk/dialogues/<code>/patrols", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def note(code: str) -> Response | tuple[str, int]:
    """The lines of the note, the link for patrols, and what they have answered; write another line."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    themes = themes_in(session(), dialogue.id)
    form = WishForm(posted())
    form.prepare(dialogue, themes)
    if sent(form):
        try:
            key = form.submission_key.data or ""
            patrols.add(session(), actor(), dialogue, form.draft(), key)
            return redirect(url_for("patrols.note", code=code))
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    asked = queries_patrols.asked(session(), dialogue.id)
    return render_form(
        "briefs/desk_patrols.html",
        form,
        dialogue=dialogue,
        asked=asked,
        ended=queries_patrols.ended(session(), dialogue.id),
        address=_address(dialogue),
        has_themes=bool(themes),
        is_full=len(asked) >= rules.MOST_WISHES,
    )


@blueprint.get("/desk/dialogues/<code>/patrols/print")
@access.staff(Permission.CONDENSE)
def paper(code: str) -> str:
    """The note on half a sheet, for the briefing."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    address = _address(dialogue)
    return render_template(
        "briefs/patrol_note.html",
        dialogue=dialogue,
        asked=queries_patrols.asked(session(), dialogue.id),
        address=address,
        picture=qr.data_uri(address) if address else "",
    )


@blueprint.post("/desk/dialogues/<code>/patrols/renew")
@access.staff(Permission.CONDENSE)
def renew(code: str) -> Response:
    """Make a new link; the old one opens nothing more."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    patrols.renew_link(session(), actor(), dialogue)
    flash(_("There is a new link. The old one opens nothing more: print the note anew."), "success")
    return redirect(url_for("patrols.note", code=code))


@blueprint.route("/desk/patrols/<code>", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def change(code: str) -> Response | tuple[str, int]:
    """Change a line of the note."""
    wish = queries_patrols.wish(session(), actor(), code)
    names = ("what", "where", "when", "ends_on", "revision")
    now = {name: getattr(wish, name) for name in names}
    form = WishForm(posted(), data={**now, "theme": wish.theme_id})
    form.prepare(wish.dialogue, themes_in(session(), wish.dialogue_id), wish)
    if sent(form):
        try:
            revision = hidden_number(form.revision)
            patrols.change(session(), actor(), wish, form.draft(), revision)
            flash(_("Saved."), "success")
            return redirect(url_for("patrols.note", code=wish.dialogue.code))
        except DomainError as error:
            form.refuse(error)
            wish = queries_patrols.wish(session(), actor(), code)
            form.revision.data = str(wish.revision)
    return render_form("briefs/desk_patrol_line.html", form, wish=wish, dialogue=wish.dialogue)


@blueprint.post("/desk/patrols/<code>/end")
@access.staff(Permission.CONDENSE)
def end(code: str) -> Response:
    """Ask patrols about a line no more."""
    wish = queries_patrols.wish(session(), actor(), code)
    patrols.end(session(), actor(), wish)
    flash(_("Patrols are asked about it no more. What they have answered stays."), "success")
    return redirect(url_for("patrols.note", code=wish.dialogue.code))


@blueprint.get("/patrol/<token>")
@access.mail_link
def lines(token: str) -> str:
    """What residents wish for, each with a button, for whoever holds the patrols' link."""
    return render_template("briefs/patrol.html", **_page(_opened(token)))


@blueprint.post("/patrol/<token>/<wish>")
@access.mail_link
def was_there(token: str, wish: str) -> Response:
    """Count one visit, after a question. Nothing is kept of who and when."""
    link = _opened(token)
    asked = queries_patrols.asked(session(), link.dialogue_id)
    found = next((one for one in asked if one.code == wish), None)
    if found is None:
        raise NotFound(lazy("This line has ended. Thank you all the same."))
    if not house().limits.allows("patrol visits", found.code, VISITS):
        raise TooMany(lazy("This place has been noted many times in the last hour. Try again later."))
    patrols.was_there(session(), found, request.form.get("submission_key", ""))
    return redirect(url_for("patrols.lines", token=patrols.token(link), noted=found.code))


def _opened(typed: str) -> PatrolLink:
    """The link that was opened. Raises NotFound, TooMany for a network that has guessed too often."""
    security.refuse_guessers(GUESSES, GUESSES_ALLOWED)
    link = patrols.find_link(session(), typed)
    if link is None:
        security.check_guesses(GUESSES, GUESSES_ALLOWED)
        raise NotFound(lazy("This link opens nothing. There may be a newer one: ask your team."))
    return link


def _page(link: PatrolLink) -> dict[str, object]:
    return {
        "dialogue": link.dialogue,
        "token": patrols.token(link),
        "asked": queries_patrols.asked(session(), link.dialogue_id),
        "noted": request.args.get("noted", ""),
    }


def _address(dialogue: Dialogue) -> str:
    """The address that patrols open; empty until there is a line."""
    link = queries_patrols.link_of(session(), dialogue.id)
    if link is None:
        return ""
    return house().settings.public_url + url_for("patrols.lines", token=patrols.token(link))

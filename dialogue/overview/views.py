"""The front page, a dialogue's page, what this is, and the desk."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.dialogues import rules as dialogue_rules
from dialogue.overview import queries
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.pagecache import cached
from dialogue.web.transaction import house, session

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@access.public
def choose_language() -> Response:
    """Send a visitor to the front page in the language their browser asks for."""
    best = request.accept_languages.best_match(list(i18n.LANGUAGES), i18n.DEFAULT_LANGUAGE)
    return redirect(url_for("overview.front", lang=best))


@blueprint.get("/<lang:lang>/")
@access.public
@cached(queries.front_version)
def front() -> str:
    """The front page: which dialogues there are."""
    return render_template("overview/front.html", dialogues=queries.public_dialogues(session()))


@blueprint.get("/<lang:lang>/dialogues/<code>")
@access.public
@cached(queries.dialogue_version)
def dialogue(code: str) -> str:
    """A dialogue: what it is about, what one can do now, what came of it."""
    shown = queries.public_dialogue(session(), code)
    offers = [offer for room in house().rooms for make in room.offers for offer in make(session(), shown)]
    return render_template(
        "overview/dialogue.html",
        dialogue=shown,
        offers=offers,
        phase=dialogue_rules.current_phase(shown, clock.today()),
    )


@blueprint.get("/<lang:lang>/about")
@access.public
def about() -> str:
    """What this is."""
    return render_template("overview/about.html")


@blueprint.get("/<lang:lang>/privacy")
@access.public
def privacy() -> str:
    """What is kept about visitors, whoever's dialogue it is."""
    return render_template("overview/privacy.html")


@blueprint.get("/<lang:lang>/accessibility")
@access.public
def accessibility() -> str:
    """How accessible the product is, and where each body's own statement is."""
    return render_template("overview/accessibility.html")


@blueprint.get("/<lang:lang>/desk")
@access.signed_in
def desk() -> str:
    """What needs me today."""
    cards = [card for room in house().rooms for make in room.desk_cards for card in make(session(), actor())]
    return render_template("overview/desk.html", cards=cards)

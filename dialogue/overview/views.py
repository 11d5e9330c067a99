"""The front page, a dialogue's page, what this is, and the desk."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.dialogues import queries as dialogue_queries, rules as dialogue_rules
from dialogue.followup.queries import asked
from dialogue.overview import queries
from dialogue.overview.wording import one_thing
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.pagecache import cached
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("overview", __name__)

# On the desk; the list of dialogues has them all.
DIALOGUES_SHOWN = 6


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
    """The front page: what this is, which dialogues there are, and the way to what one gave."""
    today = clock.today()
    return render_template(
        "overview/front.html",
        open_dialogues=[
            (dialogue, dialogue_rules.current_phase(dialogue, today), one_thing(dialogue, today))
            for dialogue in queries.open_dialogues(session())
        ],
        finished=queries.finished_dialogues(session()),
    )


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
        open_offers=sorted((one for one in offers if one.is_open), key=lambda one: one.can_wait),
        other_offers=[offer for offer in offers if not offer.is_open],
        parts=[
            part for room in house().rooms for make in room.public_parts for part in make(session(), shown)
        ],
        phase=dialogue_rules.current_phase(shown, clock.today()),
        asked=asked(session(), shown.id),
        came=queries.came_of_it(session(), shown.id),
        is_past_promise=shown.answer_by is not None and shown.answer_by < clock.today(),
    )


@blueprint.get("/<lang:lang>/dialogues/<code>/privacy")
@access.public
@cached(queries.dialogue_version)
def dialogue_privacy(code: str) -> str:
    """A dialogue's own privacy notice, and who answers for it."""
    return render_template(
        "overview/dialogue_privacy.html", dialogue=queries.public_dialogue(session(), code)
    )


@blueprint.get("/<lang:lang>/about")
@access.public
@cached(queries.written_once)
def about() -> str:
    """What this is."""
    return render_template("overview/about.html")


@blueprint.get("/<lang:lang>/privacy")
@access.public
@cached(queries.written_once)
def privacy() -> str:
    """What is kept about visitors, whoever's dialogue it is."""
    return render_template("overview/privacy.html")


@blueprint.get("/<lang:lang>/accessibility")
@access.public
@cached(queries.front_version)
def accessibility() -> str:
    """How accessible the product is, and where each body's own statement is."""
    return render_template("overview/accessibility.html", statements=queries.statements(session()))


@blueprint.get("/<lang:lang>/desk")
@access.signed_in
def desk() -> str:
    """What needs me today."""
    cards = [card for room in house().rooms for make in room.desk_cards for card in make(session(), actor())]
    return render_template(
        "overview/desk.html",
        cards_of_today=sorted((card for card in cards if card.count), key=lambda card: card.rank),
        shown=dialogue_queries.summaries(session(), actor(), clock.today(), size=DIALOGUES_SHOWN).summaries,
        may_create=actor().has(Permission.CREATE_DIALOGUE),
        may_view=actor().has(Permission.VIEW_DIALOGUE),
    )

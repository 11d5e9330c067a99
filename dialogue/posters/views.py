"""What somebody finds who scans a poster."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import answered
from dialogue.dialogues.rules import is_late
from dialogue.followup import story
from dialogue.followup.queries import ThemeStory, asked
from dialogue.posters import queries, rules
from dialogue.posters.rules import Says
from dialogue.web import access
from dialogue.web.pagecache import cached
from dialogue.web.rooms import Offer
from dialogue.web.transaction import house, session

blueprint = Blueprint("posters", __name__)

# What one can do there and then comes before what one must come back for.
_ORDER = ("board", "survey", "meeting")
# Of what is done, so many ask on the poster's own page whether it helped; the others ask on theirs.
ASKED_ABOUT = 3
ACTIONS_SHOWN = 4


@blueprint.get("/p/<code>")
@access.public
def short_link(code: str) -> Response:
    """What stands on the poster: leads to its page in the language the browser asks for."""
    answer = redirect(url_for("posters.poster", code=code))
    answer.headers["Vary"] = "Accept-Language"
    return answer


@blueprint.get("/<lang:lang>/posters/<code>")
@access.public
@cached(queries.public_version)
def poster(code: str) -> str:
    """What is asked here, when the answer comes, or what came of it: whichever it is time for."""
    shown = queries.public_poster(session(), code)
    dialogue = queries.served(session(), shown)
    is_answered = dialogue is not None and bool(answered(session(), [dialogue.id]))
    says = rules.says(dialogue, clock.today(), is_answered)
    if dialogue is None or says is Says.NOTHING:
        return render_template(
            "posters/nothing.html",
            poster=shown,
            is_retired=rules.is_retired(shown),
            nearby=queries.nearby(session(), shown),
        )
    template, tell = _PAGES[says]
    return render_template(template, poster=shown, dialogue=dialogue, **tell(dialogue))


def _coming(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "collects_from": rules.collects_from(dialogue, clock.today()),
        "offers": _open_offers(dialogue),
    }


def _asks(dialogue: Dialogue) -> dict[str, Any]:
    offers = _open_offers(dialogue)
    return {
        "one_thing": offers[0] if offers else None,
        "offers": offers[1:],
        "asked": asked(session(), dialogue.id),
        "promise": _promise(dialogue),
    }


def _waits(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "asked": asked(session(), dialogue.id),
        "promise": _promise(dialogue),
        "is_late": is_late(dialogue, clock.today(), is_answered=False),
        "offers": _open_offers(dialogue),
    }


def _answers(dialogue: Dialogue) -> dict[str, Any]:
    stories = queries.top_themes(session(), dialogue)
    actions = {
        action.code: action
        for told in stories
        for decision in told.in_force
        for action in decision.actions
        if action.is_asked_of
    }
    latest = sorted(actions.values(), key=lambda action: action.ended_on or action.due_on, reverse=True)
    return {
        "stories": [_shortened(told) for told in stories],
        "finished": latest[:ASKED_ABOUT],
        "by_whom_and_why": story.by_whom_and_why,
        "promise": _promise(dialogue),
        "is_open": dialogue.closed_at is None,
    }


def _shortened(told: ThemeStory) -> ThemeStory:
    """A theme with no more actions than somebody reads at a bus stop; the whole story has them all."""
    decisions = (replace(one, actions=one.actions[:ACTIONS_SHOWN]) for one in told.decisions)
    return replace(told, decisions=tuple(decisions))


_PAGES: dict[Says, tuple[str, Callable[[Dialogue], dict[str, Any]]]] = {
    Says.COMING: ("posters/coming.html", _coming),
    Says.ASKS: ("posters/asks.html", _asks),
    Says.WAITS: ("posters/waits.html", _waits),
    Says.ANSWERS: ("posters/answers.html", _answers),
}


def _open_offers(dialogue: Dialogue) -> list[Offer]:
    """What can be done now, what can be done at once first."""
    offers = [
        offer
        for room in house().rooms
        for make in room.offers
        for offer in make(session(), dialogue)
        if offer.is_open
    ]
    return sorted(
        offers,
        key=lambda one: (one.can_wait, _ORDER.index(one.kind) if one.kind in _ORDER else len(_ORDER)),
    )


def _promise(dialogue: Dialogue) -> str:
    return story.promise(dialogue.answer_by, dialogue.promised_by.name if dialogue.promised_by else "")

"""You said – we did: public pages of a dialogue, a municipality and a police district, with their feeds and what
other sites can show of them."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from dialogue.base import clock, i18n
from dialogue.base.i18n import _
from dialogue.dialogues.models import Dialogue
from dialogue.followup import story
from dialogue.reporting import feed, queries, queries_answers, queries_flow, versions
from dialogue.reporting.drawing import draw
from dialogue.reporting.feed import Entry, Heading
from dialogue.reporting.queries import Within
from dialogue.web import access
from dialogue.web.house import RIGHT_TO_LEFT
from dialogue.web.pagecache import cached
from dialogue.web.security import split
from dialogue.web.transaction import house, session

blueprint = Blueprint("reporting", __name__, url_prefix="/<lang:lang>")

ATOM = "application/atom+xml"


@blueprint.get("/dialogues/<code>/what-came-of-it")
@access.public
@cached(versions.dialogue_version, "page")
def what_came_of_it(code: str) -> str:
    """You said, we did: the figures of a dialogue, where it stops, and every theme with its answer."""
    dialogue = queries.dialogue(session(), code)
    counted = queries.counted(session(), queries.of_dialogue(dialogue.id))
    figures = counted.figures()
    flow = queries_flow.public_flow(session(), dialogue, counted)
    return render_template(
        "reporting/dialogue.html",
        dialogue=dialogue,
        figures=figures,
        flow=flow,
        drawing=draw(flow, right_to_left=i18n.language() in RIGHT_TO_LEFT),
        page=queries_answers.themes(
            session(), dialogue, figures.heard, request.args.get("page", 1, type=int)
        ),
        promise=story.promise(dialogue.answer_by, dialogue.promised_by.name if dialogue.promised_by else ""),
        is_late=figures.late_answers > 0,
        by_whom_and_why=story.by_whom_and_why,
        frame=_frame("reporting.dialogue_embed", code=code),
    )


@blueprint.get("/dialogues/<code>/what-came-of-it/embed")
@access.embeddable
@cached(versions.dialogue_version)
def dialogue_embed(code: str) -> str:
    """The figures of a dialogue, for the page of somebody else."""
    dialogue = queries.dialogue(session(), code)
    return _embed(
        queries.of_dialogue(dialogue.id),
        dialogue.title,
        url_for("reporting.what_came_of_it", code=code),
        dialogue=dialogue,
    )


@blueprint.get("/dialogues/<code>/what-came-of-it/feed")
@access.public
@cached(versions.dialogue_version, mimetype=ATOM)
def dialogue_feed(code: str) -> str:
    """What has changed in a dialogue."""
    dialogue = queries.dialogue(session(), code)
    return _feed(
        queries.of_dialogue(dialogue.id),
        str(dialogue.title),
        f"dialogue/{code}/changes",
        ("reporting.what_came_of_it", {"code": code}),
    )


@blueprint.get("/municipalities")
@access.public
@cached(versions.places_version)
def places() -> str:
    """Every municipality that has a dialogue, by police district and name."""
    return render_template("reporting/places.html", places=queries.places(session()))


@blueprint.get("/municipalities/<place>")
@access.public
@cached(versions.municipality_version, "page")
def municipality(place: str) -> str:
    """You said, we did: the figures of a municipality, and its dialogues."""
    shown = queries.municipality(session(), place)
    within = queries.in_municipality(shown.id)
    return render_template(
        "reporting/municipality.html",
        municipality=shown,
        frame=_frame("reporting.municipality_embed", place=shown.slug),
        **_figures(within),
    )


@blueprint.get("/municipalities/<place>/embed")
@access.embeddable
@cached(versions.municipality_version)
def municipality_embed(place: str) -> str:
    """The figures of a municipality, for the page of somebody else."""
    shown = queries.municipality(session(), place)
    return _embed(
        queries.in_municipality(shown.id), shown.name, url_for("reporting.municipality", place=shown.slug)
    )


@blueprint.get("/municipalities/<place>/feed")
@access.public
@cached(versions.municipality_version, mimetype=ATOM)
def municipality_feed(place: str) -> str:
    """What has changed in the dialogues of a municipality."""
    shown = queries.municipality(session(), place)
    return _feed(
        queries.in_municipality(shown.id),
        shown.name,
        f"municipality/{shown.number}/changes",
        ("reporting.municipality", {"place": shown.slug}),
    )


@blueprint.get("/districts/<slug>")
@access.public
@cached(versions.district_version, "page")
def district(slug: str) -> str:
    """You said, we did: the figures of a police district, and its municipalities by name."""
    shown = queries.district(session(), slug)
    return render_template(
        "reporting/district.html",
        district=shown,
        municipalities=queries.municipalities_in(session(), shown.id),
        frame=_frame("reporting.district_embed", slug=slug),
        **_figures(queries.in_district(shown.id)),
    )


@blueprint.get("/districts/<slug>/embed")
@access.embeddable
@cached(versions.district_version)
def district_embed(slug: str) -> str:
    """The figures of a police district, for the page of somebody else."""
    shown = queries.district(session(), slug)
    return _embed(queries.in_district(shown.id), shown.name, url_for("reporting.district", slug=slug))


@blueprint.get("/districts/<slug>/feed")
@access.public
@cached(versions.district_version, mimetype=ATOM)
def district_feed(slug: str) -> str:
    """What has changed in the dialogues of a police district."""
    shown = queries.district(session(), slug)
    return _feed(
        queries.in_district(shown.id),
        str(shown.name),
        f"district/{shown.code}/changes",
        ("reporting.district", {"slug": slug}),
    )


def _figures(within: Within) -> dict[str, Any]:
    return {
        "figures": queries.counted(session(), within).figures(),
        "page": queries.dialogues_in(session(), within, request.args.get("page", 1, type=int)),
        "noes": queries.noes(session(), within),
    }


def _embed(within: Within, name: object, page: str, dialogue: Dialogue | None = None) -> str:
    return render_template(
        "reporting/embed.html",
        figures=queries.counted(session(), within).figures(),
        name=str(name),
        page_url=_absolute(page),
        dialogue=dialogue,
    )


def _frame(endpoint: str, **values: Any) -> str:
    """The address that others put into their page."""
    return _absolute(url_for(endpoint, **values))


def _absolute(path: str) -> str:
    return house().settings.public_url + path


def _feed(within: Within, name: str, key: str, page: tuple[str, dict[str, Any]]) -> str:
    endpoint, values = page
    listed: list[tuple[Entry, str]] = [
        (entry, _absolute(url_for(entry.page[0], code=entry.page[1])))
        for entry in feed.entries(session(), within)
    ]
    heading = Heading(
        title=_("You said – we did: %(name)s", name=name),
        key=key,
        host=split(house().settings.public_url).hostname or "localhost",
        language=i18n.language(),
        # Not the path that was asked for, which may end in a slash: the kept feed is everybody's.
        own_url=_absolute(url_for(str(request.endpoint), **(request.view_args or {}))),
        page_url=_absolute(url_for(endpoint, **values)),
    )
    return feed.atom(heading, listed, clock.now())

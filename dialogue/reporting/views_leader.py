"""The desk: a leader's five minutes about a station, a municipality or a police district, and a dialogue's flow."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.reporting import queries, queries_flow, queries_leader
from dialogue.reporting.drawing import draw
from dialogue.reporting.queries_leader import Place, PlaceKind
from dialogue.web import access
from dialogue.web.house import RIGHT_TO_LEFT, actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("leader", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/leader")
@access.staff(Permission.VIEW_DIALOGUE)
def choose() -> str | Response:
    """The places that one leads; straight to the only one."""
    found = [
        (kind, address(kind, key), name) for kind, key, name in queries_leader.places_of(session(), actor())
    ]
    if len(found) == 1:
        return redirect(found[0][1])
    by_kind = [(kind, [one[1:] for one in found if one[0] is kind]) for kind in PlaceKind]
    return render_template("reporting/leader_choose.html", places=[group for group in by_kind if group[1]])


@blueprint.get("/leader/organisations/<code>")
@access.staff(Permission.VIEW_DIALOGUE)
def organisation(code: str) -> str:
    """A station's page."""
    return _page(queries_leader.organisation(session(), actor(), code))


@blueprint.get("/leader/organisations/<code>/paper")
@access.staff(Permission.VIEW_DIALOGUE)
def organisation_paper(code: str) -> str:
    """The same on one sheet of paper."""
    return _paper(queries_leader.organisation(session(), actor(), code))


@blueprint.get("/leader/municipalities/<place>")
@access.staff(Permission.VIEW_DIALOGUE)
def municipality(place: str) -> str:
    """A municipality's page."""
    return _page(queries_leader.municipality(session(), actor(), place))


@blueprint.get("/leader/municipalities/<place>/paper")
@access.staff(Permission.VIEW_DIALOGUE)
def municipality_paper(place: str) -> str:
    """The same on one sheet of paper."""
    return _paper(queries_leader.municipality(session(), actor(), place))


@blueprint.get("/leader/districts/<slug>")
@access.staff(Permission.VIEW_DIALOGUE)
def district(slug: str) -> str:
    """A police district's page."""
    return _page(queries_leader.district(session(), actor(), slug))


@blueprint.get("/leader/districts/<slug>/paper")
@access.staff(Permission.VIEW_DIALOGUE)
def district_paper(slug: str) -> str:
    """The same on one sheet of paper."""
    return _paper(queries_leader.district(session(), actor(), slug))


@blueprint.get("/dialogues/<code>/flow")
@access.staff(Permission.VIEW_DIALOGUE)
def flow(code: str) -> str:
    """The way of what residents gave, with everything that is late."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    counted = queries.counted(session(), Dialogue.id == dialogue.id)
    found = queries_flow.desk_flow(session(), dialogue, counted)
    drawing = draw(found, right_to_left=i18n.language() in RIGHT_TO_LEFT)
    return render_template("reporting/flow.html", dialogue=dialogue, flow=found, drawing=drawing)


def address(kind: PlaceKind, key: str, on_paper: bool = False) -> str:
    """Where the page of a place is."""
    name, argument = {
        PlaceKind.ORGANISATION: ("organisation", "code"),
        PlaceKind.MUNICIPALITY: ("municipality", "place"),
        PlaceKind.DISTRICT: ("district", "slug"),
    }[kind]
    values: dict[str, Any] = {argument: key}
    return url_for(f"leader.{name}{'_paper' if on_paper else ''}", **values)


def _page(place: Place) -> str:
    return render_template(
        "reporting/leader.html",
        place=place,
        told=queries_leader.five_minutes(session(), place, clock.today()),
        below=[
            (kind, address(kind, key), name) for kind, key, name in queries_leader.below(session(), place)
        ],
        paper=address(place.kind, place.key, on_paper=True),
    )


def _paper(place: Place) -> str:
    return render_template(
        "reporting/leader_paper.html",
        place=place,
        told=queries_leader.five_minutes(session(), place, clock.today()),
        page_url=address(place.kind, place.key),
        today=clock.today(),
    )

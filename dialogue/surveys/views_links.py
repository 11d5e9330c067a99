"""Pages of a survey's collectors: one link, QR code and sheet for each channel."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.base.qr import svg
from dialogue.surveys import operations, queries
from dialogue.surveys.forms import CollectorForm
from dialogue.surveys.models import Collector, Survey
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("survey_links", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/surveys/<code>/channels/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def new(code: str) -> Response | tuple[str, int]:
    """Make a link for one more channel."""
    survey = queries.for_desk(session(), actor(), code)
    form = CollectorForm(posted(), survey.dialogue.languages)
    if sent(form):
        try:
            operations.add_collector(session(), actor(), survey, form.name.data, form.chosen())
            flash(_("The link is ready."), "success")
            return _to(survey)
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/channel.html", form, survey=survey, collector=None)


@blueprint.route("/channels/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def change(code: str) -> Response | tuple[str, int]:
    """Say anew what a link is called and how answers come through it."""
    collector = queries.collector_for_desk(session(), actor(), code)
    languages = collector.survey.dialogue.languages
    form = CollectorForm(
        posted(), languages, data={"name": collector.name, "channel": collector.channel.value}
    )
    if sent(form):
        try:
            operations.change_collector(session(), actor(), collector, form.name.data, form.chosen())
            return _to(collector.survey)
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/channel.html", form, survey=collector.survey, collector=collector)


@blueprint.post("/channels/<code>/<any(open, close):change>")
@access.staff(Permission.MANAGE_SURVEYS)
def turn(code: str, change: str) -> Response:
    """Close a link, or open it again."""
    collector = queries.collector_for_desk(session(), actor(), code)
    if change == "open":
        operations.open_collector(session(), actor(), collector)
        flash(_("The link is open again."), "success")
    else:
        operations.close_collector(session(), actor(), collector)
        flash(_("The link is closed. You can open it again."), "success")
    return _to(collector.survey)


@blueprint.get("/channels/<code>/sheet")
@access.staff(Permission.MANAGE_SURVEYS)
def sheet(code: str) -> str:
    """A sheet to hang up, with the link and the QR code."""
    collector = queries.collector_for_desk(session(), actor(), code)
    return render_template(
        "surveys/sheet.html",
        collector=collector,
        survey=collector.survey,
        address=short_address(collector),
    )


@blueprint.get("/channels/<code>/qr.svg")
@access.staff(Permission.MANAGE_SURVEYS)
def qr(code: str) -> Response:
    """The QR code as a picture, shown on the sheet or put into a poster of one's own."""
    collector = queries.collector_for_desk(session(), actor(), code)
    response = make_response(svg(short_address(collector)))
    response.mimetype = "image/svg+xml"
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="qr-{collector.code}.svg"'
    return response


def short_address(collector: Collector) -> str:
    """The address of a collector as it stands on a poster."""
    return house().settings.public_url + url_for("surveys.short_link", code=collector.code)


def _to(survey: Survey) -> Response:
    return redirect(url_for("surveys_desk.survey", code=survey.code, _anchor="links"))

"""Pages for those who look after places and organisations."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.places import operations, queries
from dialogue.places.forms import MunicipalityForm, OrganisationForm
from dialogue.places.models import Organisation, OrganisationKind
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission, ScopeKind
from dialogue.web.transaction import session

blueprint = Blueprint("places", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/places")
@access.staff(Permission.MANAGE_PLACES)
def districts() -> str:
    """The police districts."""
    return render_template("places/districts.html", districts=queries.districts(session()))


@blueprint.get("/places/<slug>")
@access.staff(Permission.MANAGE_PLACES)
def district(slug: str) -> str:
    """A police district with its municipalities."""
    shown = queries.district_by_slug(session(), slug)
    return render_template(
        "places/district.html", district=shown, municipalities=queries.municipalities_of(session(), shown.id)
    )


@blueprint.route("/municipalities/<number>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_PLACES)
def municipality(number: str) -> Response | tuple[str, int]:
    """Change a municipality: its name, its district, its end and its successor."""
    operations.require_keeper_of_all(actor())
    shown = queries.municipality_by_number(session(), number)
    form = MunicipalityForm(posted(), obj=shown)
    form.district_id.choices = [(each.id, str(each.name)) for each, _number in queries.districts(session())]
    if sent(form):
        try:
            operations.change_municipality(
                session(),
                actor(),
                shown,
                name=form.name.data or "",
                district_id=form.district_id.data,
                valid_to=form.valid_to.data,
                successor=queries.municipality_by_number(session(), form.successor.data)
                if form.successor.data
                else None,
            )
            flash(_("%(name)s is saved.", name=shown.name), "success")
            return redirect(url_for("places.district", slug=shown.district.slug))
        except DomainError as error:
            form.refuse(error)
    return render_form("places/municipality.html", form, municipality=shown)


@blueprint.get("/organisations")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def organisations() -> str:
    """The organisations in my places."""
    return render_template(
        "places/organisations.html", organisations=queries.organisations_reached(session(), actor())
    )


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def new_organisation() -> Response | tuple[str, int]:
    """Add an organisation."""
    return _edit(None)


@blueprint.route("/organisations/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ORGANISATIONS)
def organisation(code: str) -> Response | tuple[str, int]:
    """Change an organisation."""
    return _edit(queries.organisation_for_desk(session(), actor(), code))


@blueprint.post("/organisations/<code>/retire")
@access.staff(Permission.MANAGE_ORGANISATIONS)
def retire_organisation(code: str) -> Response:
    """Offer an organisation no longer, or again."""
    shown = queries.organisation_for_desk(session(), actor(), code)
    operations.retire_organisation(session(), actor(), shown)
    flash(_("%(name)s is saved.", name=shown.name), "success")
    return redirect(url_for("places.organisations"))


def _edit(there: Organisation | None) -> Response | tuple[str, int]:
    form = OrganisationForm(posted(), obj=there)
    reached = queries.municipalities_reached(
        session(), actor(), Permission.MANAGE_ORGANISATIONS, clock.today()
    )
    nationwide = actor().everywhere(Permission.MANAGE_ORGANISATIONS)
    in_reach = (
        {place.district_id for place in reached}
        if nationwide
        else actor().ids(ScopeKind.DISTRICT, [Permission.MANAGE_ORGANISATIONS])
    )
    offered = [each for each, _number in queries.districts(session()) if each.id in in_reach]
    form.offer_places(reached, offered, nationwide)
    if posted() is None and there is not None:
        in_district = f"d{there.district_id}" if there.district_id else "country"
        form.place.data = f"m{there.municipality_id}" if there.municipality_id else in_district
    if sent(form):
        municipality_id, district_id = form.place_ids()
        facts = operations.OrganisationFacts(
            kind=OrganisationKind(form.kind.data),
            name=form.name.data,
            email=form.email.data or "",
            language=form.language.data,
            municipality_id=municipality_id,
            district_id=district_id,
        )
        try:
            saved = operations.save_organisation(session(), actor(), facts, there)
            flash(_("%(name)s is saved.", name=saved.name), "success")
            return redirect(url_for("places.organisations"))
        except DomainError as error:
            form.refuse(error)
    chooses = there is not None and actor().may(Permission.MANAGE_ORGANISATIONS, there.scope_of_choices())
    return render_form("places/organisation.html", form, organisation=there, chooses=chooses)

"""Filters that are kept: keep one, use it, give it another name, delete it, open the list with it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.actions.work import keeping
from dialogue.actions.work.addresses import LABELS, Sight
from dialogue.actions.work.forms import KeepForm
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("kept", __name__, url_prefix="/<lang:lang>/desk/actions/filters")

staff = access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)


@blueprint.get("")
@staff
def filters() -> str:
    """The filters that somebody keeps."""
    found = keeping.views_of(session(), actor())
    return render_template(
        "actions/work/filters.html",
        views=[(view, Sight.of_query(view.query)) for view in found],
        labels=LABELS,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff
def keep() -> Response | tuple[str, int]:
    """Keep the choice that stands in the form."""
    form = KeepForm(posted())
    # Read and written anew, so that nothing is kept but a choice.
    sight = Sight.of_query(form.query.data or "")
    form.query.data = sight.kept
    if sent(form):
        try:
            opens_first = bool(form.opens_first.data)
            keeping.keep_view(session(), actor(), form.name.data or "", sight.kept, opens_first)
            flash(_("The filter is saved."), "success")
            return redirect(sight.address)
        except DomainError as error:
            form.refuse(error)
    return render_form("actions/work/filter.html", form, view=None, sight=sight)


@blueprint.route("/<int:view_id>", methods=["GET", "POST"])
@staff
def rename(view_id: int) -> Response | tuple[str, int]:
    """Give a filter another name."""
    view = keeping.own_view(session(), actor(), view_id)
    form = KeepForm(posted(), obj=view)
    del form.opens_first
    if sent(form):
        try:
            keeping.rename_view(session(), actor(), view_id, form.name.data or "")
            flash(_("The filter is saved."), "success")
            return redirect(url_for("kept.filters"))
        except DomainError as error:
            form.refuse(error)
            view = keeping.own_view(session(), actor(), view_id)
    return render_form("actions/work/filter.html", form, view=view, sight=Sight.of_query(view.query))


@blueprint.post("/<int:view_id>/delete")
@staff
def delete(view_id: int) -> Response:
    """Delete a filter."""
    keeping.delete_view(session(), actor(), view_id)
    flash(_("The filter is deleted."), "success")
    return redirect(url_for("kept.filters"))


@blueprint.post("/<int:view_id>/open-first")
@staff
def open_first(view_id: int) -> Response:
    """Let the list of actions begin with a filter; with the one it begins with already, no longer."""
    view = keeping.own_view(session(), actor(), view_id)
    keeping.open_first(session(), actor(), None if view.opens_first else view.id)
    flash(_("The filter is saved."), "success")
    return redirect(url_for("kept.filters"))

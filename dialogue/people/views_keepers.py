"""Pages for those who look after accounts."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.people import operations, queries
from dialogue.people.forms import GrantForm, InvitationForm, scope_choices
from dialogue.web import access
from dialogue.web.forms import Form, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("keepers", __name__, url_prefix="/<lang:lang>/desk/people")


@blueprint.before_request
def _let_in_keepers_only() -> None:
    """Each page shows names and addresses from the whole country, so who looks after one place stays out."""
    operations.require_keeper(actor())


@blueprint.get("")
@access.staff(Permission.MANAGE_PEOPLE)
def people() -> str:
    """Every account."""
    users = queries.all_users(session())
    return render_template("people/people.html", users=users, names=queries.scope_names(session(), users))


@blueprint.route("/invite", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_PEOPLE)
def invite() -> Response | tuple[str, int]:
    """Invite somebody."""
    form = InvitationForm(posted())
    form.scope.choices = scope_choices(queries.scopes(session()))
    if sent(form):
        try:
            user = operations.create_user(
                session(),
                form.email.data or "",
                form.name.data or "",
                form.language.data,
                [form.grant()],
                title=form.title.data or "",
            )
            operations.invite(session(), actor(), user)
            flash(_("%(name)s is invited by mail.", name=user.name), "success")
            return redirect(url_for("keepers.people"))
        except DomainError as error:
            form.refuse(error)
    return render_form("people/invite.html", form)


@blueprint.route("/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_PEOPLE)
def person(code: str) -> Response | tuple[str, int]:
    """One account: its roles, a new role."""
    user = queries.user_by_code(session(), code)
    form = GrantForm(posted())
    form.scope.choices = scope_choices(queries.scopes(session()))
    if sent(form):
        return _change(form, code, lambda: operations.give_role(session(), actor(), user, form.grant()))
    return _page(form, code)


@blueprint.post("/<code>/take/<int:grant_id>")
@access.staff(Permission.MANAGE_PEOPLE)
def take_role(code: str, grant_id: int) -> Response | tuple[str, int]:
    """Take a role from somebody."""
    user = queries.user_by_code(session(), code)
    return _change(GrantForm(), code, lambda: operations.take_role(session(), actor(), user, grant_id))


@blueprint.post("/<code>/invite-again")
@access.staff(Permission.MANAGE_PEOPLE)
def invite_again(code: str) -> Response | tuple[str, int]:
    """Send the invitation once more."""
    user = queries.user_by_code(session(), code)
    return _change(GrantForm(), code, lambda: operations.invite(session(), actor(), user))


@blueprint.post("/<code>/<any(open, close):change>")
@access.staff(Permission.MANAGE_PEOPLE)
def set_active(code: str, change: str) -> Response | tuple[str, int]:
    """Close an account or open it again."""
    user = queries.user_by_code(session(), code)
    return _change(
        GrantForm(), code, lambda: operations.set_active(session(), actor(), user, active=change == "open")
    )


def _change(form: Form, code: str, operation: Callable[[], None]) -> Response | tuple[str, int]:
    try:
        operation()
        flash(_("Saved."), "success")
        return redirect(url_for("keepers.person", code=code))
    except DomainError as error:
        form.refuse(error)
    return _page(form, code)


def _page(form: Form, code: str) -> tuple[str, int]:
    user = queries.user_by_code(session(), code)
    if isinstance(form, GrantForm):
        form.scope.choices = scope_choices(queries.scopes(session()))
    return render_form("people/person.html", form, user=user, names=queries.scope_names(session(), [user]))

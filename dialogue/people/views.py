"""Signing in and out, and one's own account."""

import flask
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError, Invalid
from dialogue.base.i18n import _, lazy
from dialogue.people import operations, passwords, queries
from dialogue.people.forms import AccountForm, LinkForm, PasswordForm, SignInForm
from dialogue.people.models import User
from dialogue.web import access, security
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.limits import Limit
from dialogue.web.transaction import begin_anew, house, session

blueprint = Blueprint("people", __name__, url_prefix="/<lang:lang>")

PASSWORD_GUESSES = Limit(times=20, seconds=600)
LINKS_ASKED_FOR = Limit(times=10, seconds=600)
# The mark of a browser that was signed in by a mailed link, whose owner may have forgotten the password.
BY_LINK = "by_link"
NOT_THE_OLD_ONE = lazy(
    "This is not the password you have now. If you have forgotten it, sign out and ask for a sign-in link."
)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Response | tuple[str, int]:
    """Sign in with a password, or go on to ask for a link."""
    form = SignInForm(posted(), data={"next": request.args.get("next", "")})
    if sent(form):
        security.check_guesses("password", PASSWORD_GUESSES)
        try:
            user = operations.check_password(
                house().database, form.email.data or "", form.password.data or ""
            )
            _remember(operations.sign_in(session(), user))
            return redirect(security.safe_target(form.next.data, url_for("overview.desk")))
        except DomainError as error:
            form.refuse(error)
    return render_form("people/sign_in.html", form)


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@access.public
def ask_for_link() -> str | tuple[str, int]:
    """Ask for a sign-in link by mail. The answer is the same whether there is an account or not."""
    form = LinkForm(posted())
    if sent(form):
        security.check_guesses("sign-in link", LINKS_ASKED_FOR)
        operations.send_sign_in_link(session(), form.email.data or "")
        return render_template("people/link_sent.html", email=form.email.data)
    return render_form("people/ask_for_link.html", form)


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@access.mail_link
def use_link(token: str) -> Response | tuple[str, int]:
    """Sign in with a one-time link: opening it shows a button, pressing the button uses it."""
    if request.method == "POST":
        try:
            secret, user = operations.use_link(session(), token)
            _remember(secret, by_link=True)
            return redirect(_first_page(user))
        except DomainError as error:
            begin_anew()
            return render_template("people/link_useless.html", message=error.message), error.status
    found = queries.find_link(session(), token)
    if found is None:
        useless = lazy("This link has been used or is too old. Ask for a new one.")
        return render_template("people/link_useless.html", message=useless), 410
    return render_template("people/use_link.html", user=found[0], token=token), 200


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End the sign-in of this browser."""
    operations.sign_out(session(), flask.session.pop("token", ""))
    return redirect(url_for("overview.front"))


@blueprint.route("/desk/account", methods=["GET", "POST"])
@access.signed_in
def account() -> Response | tuple[str, int]:
    """One's own account."""
    user = session().get_one(User, actor().user_id)
    form = AccountForm(posted(), obj=user)
    if sent(form):
        operations.change_account(
            session(),
            actor(),
            name=form.name.data or "",
            title=form.title.data or "",
            language=form.language.data,
        )
        flash(_("Your account is saved."), "success")
        return redirect(url_for("people.account"))
    return render_form("people/account.html", form, user=user)


@blueprint.route("/desk/account/password", methods=["GET", "POST"])
@access.signed_in
def password() -> Response | tuple[str, int]:
    """Choose a password. Whoever has one says it first, unless a mailed link brought them here: a browser left
    open must not be enough to take an account over. The hashing comes before the write transaction begins."""
    old_hash = session().get_one(User, actor().user_id).password_hash
    form = PasswordForm(posted())
    if old_hash is None or flask.session.get(BY_LINK):
        del form.old
    if sent(form):
        begin_anew()
        if "old" in form:
            security.check_guesses("password", PASSWORD_GUESSES)
            if not passwords.fits(old_hash, form.old.data or ""):
                form.refuse(Invalid(NOT_THE_OLD_ONE, "old"))
                return render_form("people/password.html", form)
        hashed = passwords.hash_password(form.password.data or "")
        operations.choose_password(session(), actor(), hashed, keep=flask.session.get("token", ""))
        flask.session.pop(BY_LINK, None)
        flash(_("Your new password is saved. Other browsers have been signed out."), "success")
        return redirect(url_for("people.account"))
    return render_form("people/password.html", form)


@blueprint.post("/desk/account/sign-out-everywhere")
@access.signed_in
def sign_out_everywhere() -> Response:
    """End every sign-in of one's account, this one too."""
    operations.sign_out_everywhere(session(), actor())
    flask.session.pop("token", None)
    return redirect(url_for("people.sign_in"))


def _remember(token: str, *, by_link: bool = False) -> None:
    # What the browser held before must not live on in a signed-in session.
    flask.session.clear()
    flask.session["token"] = token
    if by_link:
        flask.session[BY_LINK] = True


def _first_page(user: User) -> str:
    if user.password_hash is None:
        return url_for("people.account", lang=user.language)
    return url_for("overview.desk", lang=user.language)

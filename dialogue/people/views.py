"""Signing in and out."""

import flask
from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.people import operations
from dialogue.web import access
from dialogue.web.transaction import session

blueprint = Blueprint("people", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/sign-in")
@access.public
def sign_in() -> str:
    """Sign in with a password or ask for a link."""
    return render_template("people/sign_in.html")


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End the sign-in of this browser."""
    operations.sign_out(session(), flask.session.pop("token", ""))
    return redirect(url_for("overview.front"))

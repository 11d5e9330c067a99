"""Every error as a page: one place that turns what went wrong into plain words."""

import structlog
from flask import Flask, render_template, request
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from dialogue.base import i18n
from dialogue.base.errors import DomainError
from dialogue.base.i18n import Lazy, lazy
from dialogue.web import transaction

log = structlog.get_logger()

TITLES: dict[int, Lazy] = {
    400: lazy("We did not understand the request"),
    403: lazy("You do not have access here"),
    404: lazy("We cannot find this page"),
    405: lazy("This page cannot be used in that way"),
    409: lazy("This is not possible now"),
    413: lazy("What you sent is too large"),
    422: lazy("Something has to be put right"),
    429: lazy("Too many attempts"),
    500: lazy("Something went wrong with us"),
    503: lazy("There is a great rush right now"),
}
WAYS_OUT: dict[int, Lazy] = {
    400: lazy("Go back, reload the page and try again."),
    404: lazy("The address may be wrong, or the page may have been taken down."),
    405: lazy("Start from the front page."),
    409: lazy(
        "Somebody else may have changed it at the same moment. Go back, reload the page and try again."
    ),
    413: lazy("Go back and send something smaller."),
    500: lazy("The error has been noted. Nothing you had already sent is lost. Try again in a little while."),
    503: lazy("Nothing is lost. Go back and send it again in a few seconds."),
}


def error_page(status: int, message: Lazy | None = None) -> tuple[str, int]:
    """The page for a status, with a message of its own or the usual one."""
    transaction.close()
    title = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    return render_template(
        "errors/error.html", heading=title, message=message or WAYS_OUT.get(status, "")
    ), status


def register(app: Flask) -> None:
    """Let the application turn every error into a page."""

    @app.errorhandler(DomainError)
    def _(error: DomainError) -> tuple[str, int]:
        _speak_by_path()
        return error_page(error.status, error.message)

    @app.errorhandler(HTTPException)
    def _(error: HTTPException) -> HTTPException | tuple[str, int]:
        if error.code is None or error.code < 400:
            return error
        _speak_by_path()
        return error_page(error.code)

    @app.errorhandler(IntegrityError)
    def _(error: IntegrityError) -> tuple[str, int]:
        log.warning("conflict", endpoint=request.endpoint, error=type(error.orig).__name__)
        return error_page(409)

    @app.errorhandler(OperationalError)
    def _(error: OperationalError) -> tuple[str, int]:
        log.error("database", endpoint=request.endpoint, error=type(error.orig).__name__)
        return error_page(503)

    @app.errorhandler(Exception)
    def _(error: Exception) -> tuple[str, int]:
        if app.testing:
            raise error
        log.exception("unexpected", endpoint=request.endpoint)
        return error_page(500)


def _speak_by_path() -> None:
    """An address that no route knows still tells the language in its first part."""
    if request.endpoint is None:
        first = request.path.strip("/").split("/", 1)[0]
        best = request.accept_languages.best_match(list(i18n.LANGUAGES), i18n.DEFAULT_LANGUAGE)
        i18n.speak(first if first in i18n.LANGUAGES else best)

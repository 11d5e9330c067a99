"""The files of an action: at the desk, by the owner's link, and those that anybody may open."""

import io
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from dialogue.actions import attaching, queries, queries_files, rules, uploads
from dialogue.actions.forms import FileForm
from dialogue.actions.models import Action, Attachment
from dialogue.actions.rules import Someone
from dialogue.base.errors import DomainError, Invalid, NotFound
from dialogue.base.i18n import _
from dialogue.web import access, transaction
from dialogue.web.forms import posted_with_files, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("action_files", __name__, url_prefix="/<lang:lang>")

# The file, and what the form around it takes.
LARGEST_BODY = uploads.LARGEST + 64 * 1024

Find = Callable[[], tuple[Someone, Action]]
Page = Response | tuple[str, int]


@blueprint.route("/desk/actions/<code>/files", methods=["GET", "POST"])
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)
@access.takes_files(LARGEST_BODY)
def at_desk(code: str) -> Page:
    """The files of an action, for its owner and its organiser."""
    find = _at_desk(code)
    sent_form = _files(find, url_for("action_files.at_desk", code=code))
    if isinstance(sent_form, Response):
        flash(_("The file is saved."), "success")
        return sent_form
    form, status = sent_form
    page = render_template(
        "actions/files_desk.html",
        open_address=lambda file: url_for("action_files.open_at_desk", code=code, file=file.code),
        remove_address=lambda file: url_for("action_files.remove_at_desk", code=code, file=file.code),
        **_shown(find(), form),
    )
    return page, status


@blueprint.get("/desk/actions/<code>/files/<file>")
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS, Permission.VIEW_DIALOGUE)
def open_at_desk(code: str, file: str) -> Response:
    """One file, for its owner and the team."""
    return _opened(*_at_desk(code)(), file)


@blueprint.post("/desk/actions/<code>/files/<file>/remove")
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)
def remove_at_desk(code: str, file: str) -> Response:
    """Take a file away."""
    who, action = _at_desk(code)()
    attaching.detach(session(), who, action, file)
    flash(_("The file is removed."), "success")
    return redirect(url_for("action_files.at_desk", code=code))


@blueprint.route("/actions/by-link/<token>/files", methods=["GET", "POST"])
@access.mail_link
@access.takes_files(LARGEST_BODY)
def by_link(token: str) -> Page:
    """The files of an action, for whoever holds the owner's link."""
    find = _by_link(token)
    sent_form = _files(find, url_for("action_files.by_link", token=token))
    if isinstance(sent_form, Response):
        return sent_form
    form, status = sent_form
    page = render_template(
        "actions/files_link.html",
        token=token,
        open_address=lambda file: url_for("action_files.open_by_link", token=token, file=file.code),
        remove_address=lambda file: url_for("action_files.remove_by_link", token=token, file=file.code),
        **_shown(find(), form),
    )
    return page, status


@blueprint.get("/actions/by-link/<token>/files/<file>")
@access.mail_link
def open_by_link(token: str, file: str) -> Response:
    """One file, for whoever holds the owner's link."""
    return _opened(*_by_link(token)(), file)


@blueprint.post("/actions/by-link/<token>/files/<file>/remove")
@access.mail_link
def remove_by_link(token: str, file: str) -> Response:
    """Take a file away."""
    who, action = _by_link(token)()
    attaching.detach(session(), who, action, file)
    return redirect(url_for("action_files.by_link", token=token))


@blueprint.get("/actions/<code>/files/<file>")
@access.public
def public(code: str, file: str) -> Response:
    """One file that anybody may open."""
    return _sent(queries_files.public_file(session(), code, file))


def _at_desk(code: str) -> Find:
    return lambda: (actor(), queries.for_desk(session(), actor(), code))


def _by_link(token: str) -> Find:
    def find() -> tuple[Someone, Action]:
        opened = queries.by_link(session(), token)
        if opened.has_expired:
            # The page of the action tells so, and offers a new link.
            raise NotFound
        return opened.holder, opened.action

    return find


def _files(find: Find, address: str) -> Response | tuple[FileForm, int]:
    """Keep the file that was sent and show the page anew, or give the form with what is wrong."""
    who, action = find()
    form = FileForm(posted_with_files())
    if request.method != "POST":
        return form, 200
    if sent(form):
        try:
            # A picture takes its time, and nobody is to wait for it with the database.
            transaction.begin_anew()
            upload = uploads.checked(form.file.data.filename or "", form.file.data.read())
            who, action = find()
            is_public = form.audience.data == "everybody"
            attaching.attach(session(), house().files, who, action, upload, is_public)
            return redirect(address)
        except DomainError as error:
            form.refuse(error if isinstance(error, Invalid) else Invalid(error.message, "file"))
    return form, 422


def _shown(found: tuple[Someone, Action], form: FileForm) -> dict[str, object]:
    who, action = found
    if not rules.sides(who, action):
        raise NotFound
    return {
        "action": action,
        "form": form,
        "has_errors": form.has_errors,
        "files": [file for file in action.attachments if attaching.may_open(who, action, file)],
    }


def _opened(who: Someone, action: Action, code: str) -> Response:
    file = attaching.of_action(session(), action, code)
    if not attaching.may_open(who, action, file):
        raise NotFound
    return _sent(file)


def _sent(file: Attachment) -> Response:
    """The file itself. What is no picture is saved rather than opened, since it may hold anything."""
    try:
        content = house().files.get(file.file)
    except FileNotFoundError:
        raise NotFound from None
    return send_file(
        io.BytesIO(content),
        mimetype=file.media_type,
        download_name=file.name,
        as_attachment=file.media_type == uploads.PDF,
    )

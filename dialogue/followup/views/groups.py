"""The desk: codes for classes and groups, and what came of it since a dialogue's last meeting."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import i18n, qr
from dialogue.dialogues import queries as dialogues
from dialogue.followup import groups, since
from dialogue.meetings import mail as meeting_words, queries as meetings
from dialogue.residents.operations import follow_path
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("group_codes", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/dialogues/<code>/group-codes")
@access.staff(Permission.MANAGE_DIALOGUE)
def codes(code: str) -> str:
    """The classes and groups of a dialogue, with the codes by which they follow what they gave."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    return render_template(
        "followup/desk_group_codes.html", dialogue=dialogue, labels=groups.labels(session(), dialogue)
    )


@blueprint.post("/dialogues/<code>/group-codes")
@access.staff(Permission.MANAGE_DIALOGUE)
def make(code: str) -> Response:
    """Give a class or group its code."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    made = groups.make(session(), actor(), dialogue, request.form.get("label", ""))
    return redirect(url_for("group_codes.slip", code=code, group_id=made.id))


@blueprint.get("/dialogues/<code>/group-codes/<int:group_id>")
@access.staff(Permission.MANAGE_DIALOGUE)
def slip(code: str, group_id: int) -> str:
    """Slips to cut out and hand to the class or group."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    group, printed = groups.for_slip(session(), dialogue, group_id)
    address = house().settings.public_url + follow_path(printed, i18n.language())
    return render_template(
        "followup/desk_slip.html",
        dialogue=dialogue,
        group=group,
        printed=printed,
        enter=house().settings.public_url + url_for("followup.enter"),
        picture=qr.data_uri(address),
    )


@blueprint.get("/meetings/<code>/since-last-time")
@access.staff(Permission.VIEW_DIALOGUE)
def since_last_time(code: str) -> str:
    """What came of it since the dialogue's last meeting: to show on the wall, or on paper."""
    meeting = meetings.for_desk(session(), actor(), code, Permission.VIEW_DIALOGUE)
    return render_template(
        "followup/since_last_time.html",
        meeting=meeting,
        when=meeting_words.when(meeting),
        news=since.since_last_meeting(session(), meeting),
    )

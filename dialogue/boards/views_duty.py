"""The duty officer's pages: what is held for them, which nobody else reads."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import _
from dialogue.boards import duty, picturing, queries_duty
from dialogue.boards.forms_duty import HandoverForm
from dialogue.boards.models_reading import HandoverWay
from dialogue.boards.views_pictures import sent_picture
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("duty", __name__, url_prefix="/<lang:lang>/desk/duty")

# Any of the staff can be named; what somebody sees here is only what is held for them.
staff = access.staff(Permission.VIEW_DIALOGUE)


@blueprint.get("")
@staff
def held() -> str:
    """What waits for this person, and what they handed over lately; without a word of it."""
    return render_template(
        "boards/desk/duty.html",
        waiting=queries_duty.of_officer(session(), actor()),
        ended=queries_duty.ended_of(session(), actor()),
    )


@blueprint.get("/<code>")
@staff
def one(code: str) -> tuple[str, int]:
    """Something held, with what to do; each time it is read is noted."""
    return _page(code, HandoverForm(data={"on": clock.today()}))


@blueprint.get("/<code>/picture/<any(full, small):size>")
@staff
def picture(code: str, size: str) -> Response:
    """The picture of something held; that its page was read is noted there."""
    return sent_picture(picturing.address(queries_duty.held(session(), actor(), code).idea, size))


@blueprint.post("/<code>/hand-over")
@staff
def hand_over(code: str) -> Response | tuple[str, int]:
    """Confirm that it is handed over, and delete it here."""
    form = HandoverForm(posted())
    if sent(form) and form.on.data:
        try:
            duty.hand_over(session(), actor(), code, HandoverWay(form.way.data), form.on.data)
            flash(_("Handed over. What was written is deleted here."), "success")
            return redirect(url_for("duty.held"))
        except DomainError as error:
            form.refuse(error)
    return _page(code, form)


@blueprint.post("/<code>/back")
@staff
def give_back(code: str) -> Response:
    """Let it wait to be read again, since it is nothing for the duty routine."""
    duty.give_back(session(), actor(), code)
    flash(_("It waits to be read again, and whoever held it is told."), "success")
    return redirect(url_for("duty.held"))


def _page(code: str, form: HandoverForm) -> tuple[str, int]:
    found = queries_duty.held(session(), actor(), code)
    given = found.idea.contribution
    # A form that comes back is without the words, since only what a GET shows is noted as read.
    shows_words = request.method == "GET"
    if shows_words:
        note_read(actor(), queries_duty.READ, queries_duty.HELD_IDEA, (given.id, given.dialogue_id))
    return render_form(
        "boards/desk/duty_idea.html", form, hold=found, idea=found.idea, shows_words=shows_words
    )

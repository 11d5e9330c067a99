"""The follow page: what became of what somebody gave, for whoever holds its code."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import NotFound
from dialogue.dialogues.models import Contribution
from dialogue.followup import chain, feedback, groups, helped, operations, story
from dialogue.followup.forms import AddressForm, CodeForm, TellForm
from dialogue.followup.forms_helped import HelpedForm
from dialogue.followup.models import GroupCode, Help
from dialogue.followup.queries_untold import TOLD_ELSEWHERE
from dialogue.residents import operations as residents
from dialogue.residents.addresses import count_mail_to
from dialogue.residents.entrance import holder_of
from dialogue.residents.models import FollowCode
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.transaction import house, session

blueprint = Blueprint("followup", __name__, url_prefix="/<lang:lang>")

AHEAD = frozenset({"current", "coming"})


@blueprint.route("/follow", methods=["GET", "POST"])
@access.public
def enter() -> Response | tuple[str, int]:
    """Enter a follow code."""
    form = CodeForm(posted())
    if sent(form):
        try:
            found = holder_of(form.code.data or "")
            return redirect(residents.follow_path(residents.printed_code(found), i18n.language()))
        except NotFound as error:
            form.refuse(error)
    return render_form("followup/enter.html", form)


@blueprint.get("/follow/<code>")
@access.follow_code
def follow(code: str) -> str | tuple[str, int]:
    """What was given under a code, its story and what comes next."""
    try:
        found = holder_of(code)
    except NotFound as error:
        form = CodeForm(data={"code": code[:40]})
        form.refuse(error)
        return render_template("followup/enter.html", form=form, has_errors=True), 404
    group = groups.of_code(session(), found.id)
    if group is not None:
        return _of_group(found, group)
    return render_template("followup/follow.html", **_page(found), form=AddressForm())


@blueprint.post("/follow/<code>/address")
@access.follow_code
def leave_address(code: str) -> Response | tuple[str, int]:
    """Leave an e-mail address, or another one, so as to be told."""
    found = _own(code)
    form = AddressForm(posted())
    if sent(form):
        email = form.email.data or ""
        count_mail_to(email)
        operations.leave_address(session(), found, email, i18n.language(), at_once=form.at_once.data)
        return _back(found, "told")
    return render_form("followup/follow.html", form, **_page(found))


@blueprint.post("/follow/<code>/address/how")
@access.follow_code
def tell(code: str) -> Response | tuple[str, int]:
    """Be told at once, or gathered to one mail a week."""
    found = _own(code)
    form = TellForm(posted())
    if sent(form):
        residents.tell_at_once(session(), found.id, form.how.data == "at_once")
        return _back(found, "how")
    page = {**_page(found), "form": AddressForm(), "how": form}
    return render_template("followup/follow.html", **page, has_errors=True), 422


@blueprint.post("/follow/<code>/address/remove")
@access.follow_code
def remove_address(code: str) -> Response:
    """Be told no more."""
    found = _own(code)
    residents.forget_address(session(), found.id)
    return _back(found, "not-told")


@blueprint.post("/follow/<code>/helped/<done>")
@access.follow_code
def say_helped(code: str, done: str) -> Response | tuple[str, int]:
    """Say whether an action helped that came of what one gave, or say it anew."""
    found = _own(code)
    page = _page(found)
    if done not in page["asked"]:
        raise NotFound
    form = HelpedForm(posted())
    if sent(form):
        voter = helped.holder(found.id)
        said = Help(form.answer.data)
        helped.answer(session(), page["asked"][done], voter, said, form.word.data or "", i18n.language())
        return _back(found, "helped")
    asking = {"helped_form": form, "helped_code": done}
    answer = render_template(
        "followup/follow.html", **page, **asking, form=AddressForm(), has_errors=form.has_errors
    )
    return answer, 422


@blueprint.route("/follow/<code>/withdraw/<given>", methods=["GET", "POST"])
@access.follow_code
def withdraw(code: str, given: str) -> Response | str | tuple[str, int]:
    """Take back what was given, after a question."""
    found = _own(code)
    contribution = next((one for one in chain.given_with(session(), found.id) if one.code == given), None)
    part = _part(contribution, residents.printed_code(found)) if contribution else None
    if contribution is None or part is None or not part.withdraw_label:
        raise NotFound
    if request.method == "POST":
        operations.withdraw(session(), contribution, _eraser(contribution))
        return _back(found, "taken-back")
    return render_template(
        "followup/withdraw.html", contribution=contribution, part=part, code=residents.printed_code(found)
    )


@blueprint.get("/unsubscribe/<token>")
@access.mail_link
def unsubscribe(token: str) -> str:
    """A button, since programs that check mail open links too."""
    known = feedback.find_subscription(session(), token) is not None
    return render_template("followup/unsubscribe.html", token=token, known=known)


@blueprint.post("/unsubscribe/<token>")
@access.machine
def unsubscribe_now(token: str) -> str:
    """Stop the mails; called by a mail program with one click, or by the button."""
    contact = feedback.find_subscription(session(), token)
    if contact is not None:
        feedback.stop(session(), contact)
    return render_template("followup/unsubscribe.html", token=token, known=False)


def _own(code: str) -> FollowCode:
    """The code of one's own that stands in the address; that of a group changes nothing."""
    found = holder_of(code)
    if groups.of_code(session(), found.id) is not None:
        raise NotFound
    return found


def _page(found: FollowCode) -> dict[str, Any]:
    given = chain.given_with(session(), found.id)
    records = chain.records(session(), given)
    code = residents.printed_code(found)
    today = clock.today()
    things = []
    for one in given:
        part = _part(one, code)
        steps = story.steps(records[one.id], today, part.waits if part else None)
        things.append(
            {
                "contribution": one,
                "part": part,
                "steps": steps,
                "ahead": next((step for step in steps if step.state in AHEAD), None),
            }
        )
    done = {action.code: action for one in given for action in story.asked_of(records[one.id])}
    asked, answers = helped.asked_by_code(session(), done, helped.holder(found.id))
    return {
        "things": things,
        "done": done.values(),
        "asked": asked,
        "answers": answers,
        "code": code,
        "contact": found.contact,
        "how": _how(found) if any(one.kind not in TOLD_ELSEWHERE for one in given) else None,
        "is_new": request.args.get("new") == "1",
        "just": request.args.get("just", ""),
        "path": residents.follow_path(code, i18n.language()),
    }


def _how(found: FollowCode) -> TellForm:
    """How often somebody is told. Sign-ups and offers of help are told of at once, by their own rooms."""
    at_once = found.contact is not None and found.contact.at_once
    return TellForm(data={"how": "at_once" if at_once else "weekly"})


def _of_group(found: FollowCode, group: GroupCode) -> str:
    given = groups.given_by(session(), group, request.args.get("page", 1, type=int))
    themes = [part.theme for part in given.parts if part.theme]
    dialogue, today = group.dialogue, clock.today()
    return render_template(
        "followup/group.html",
        group=group,
        given=given,
        steps={theme.code: story.of_theme(theme, today) for theme in themes},
        done={action.code: action for theme in themes for action in story.done_of(theme)}.values(),
        promise=story.promise(dialogue.answer_by, dialogue.promised_by.name if dialogue.promised_by else ""),
        code=residents.printed_code(found),
        path=residents.follow_path(residents.printed_code(found), i18n.language()),
    )


def _part(contribution: Contribution, code: str) -> Any:
    for room in house().rooms:
        if contribution.kind.value in room.follow_parts:
            return room.follow_parts[contribution.kind.value](session(), contribution, code)
    return None


def _eraser(contribution: Contribution) -> operations.Eraser:
    for room in house().rooms:
        if contribution.kind.value in room.erasers:
            return room.erasers[contribution.kind.value]
    raise NotFound


def _back(found: FollowCode, just: str) -> Response:
    return redirect(url_for("followup.follow", code=residents.printed_code(found), just=just))

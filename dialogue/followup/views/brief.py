"""The desk: the one-page decision brief, and its frozen versions."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialogue.base import i18n
from dialogue.base.errors import DomainError
from dialogue.dialogues import queries as dialogues
from dialogue.followup import briefs, documents, queries_desk
from dialogue.followup.forms import FreezeForm
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import begin_anew, house, session

blueprint = Blueprint("briefs", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/brief", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def draft(code: str) -> AnyResponse | tuple[str, int]:
    """The brief as it stands now, what is missing, and the versions that were sent; freeze another."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    form = FreezeForm(posted(), language=_language(dialogue.languages))
    form.prepare(dialogue)
    if sent(form):
        try:
            return _freeze(code, form)
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogues.for_desk(session(), actor(), code)
    return render_form(
        "followup/desk_brief.html",
        form,
        dialogue=dialogue,
        plan=briefs.plan(session(), dialogue, _language(dialogue.languages)),
        frozen=queries_desk.briefs_of(session(), dialogue.id),
        may_condense=actor().may(Permission.CONDENSE, dialogue.scope()),
    )


@blueprint.get("/dialogues/<code>/brief/print")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def paper(code: str) -> str:
    """The brief as it stands now, to print."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    language = request.args.get("in", _language(dialogue.languages))
    content = briefs.plan(session(), dialogue, language if language in dialogue.languages else "nb").content
    return render_template("followup/brief.html", content=content, back=url_for("briefs.draft", code=code))


@blueprint.get("/briefs/<code>")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def frozen(code: str) -> str:
    """A version as it was sent."""
    brief = queries_desk.brief(session(), actor(), code)
    back = url_for("briefs.draft", code=brief.dialogue.code)
    return render_template("followup/brief.html", content=brief.content, brief=brief, back=back)


@blueprint.get("/briefs/<code>/pdf")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def pdf(code: str) -> Response:
    """A version as it was sent, as PDF."""
    brief = queries_desk.brief(session(), actor(), code)
    response = Response(house().files.get(brief.pdf), mimetype="application/pdf")
    name = f"brief-{brief.dialogue.slug}-{brief.number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _freeze(code: str, form: FreezeForm) -> AnyResponse:
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    content = briefs.plan(session(), dialogue, form.language.data).content
    # The document takes its time, so nobody else's writing waits for it.
    begin_anew()
    address = house().files.put(documents.brief_pdf(content)) if content["themes"] else ""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    briefs.freeze(session(), actor(), dialogue, form.sent_to.data or "", content, address)
    return redirect(url_for("briefs.draft", code=code))


def _language(languages: list[str]) -> str:
    return i18n.language() if i18n.language() in languages else languages[0]

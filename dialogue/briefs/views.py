"""The desk: the decision brief as it stands, its words, who gets it, and its frozen versions."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialogue.base import clock, i18n
from dialogue.base.errors import Closed, DomainError, NotFound
from dialogue.base.i18n import LANGUAGES, _, lazy
from dialogue.briefs import (
    content as contents,
    documents,
    lines,
    operations as briefs,
    queries,
    queries_quotes,
)
from dialogue.briefs.forms import FreezeForm, OutcomeForm, ReceiversForm, lines_form, receivers_form
from dialogue.briefs.models import Brief
from dialogue.dialogues import queries as dialogues
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries_bodies
from dialogue.followup.models import Body
from dialogue.web import access, sources
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import begin_anew, house, session

blueprint = Blueprint("briefs", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.get("/dialogues/<code>/brief")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def draft(code: str) -> str:
    """The brief as it stands now, what to do next with it, and the versions that were sent."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    content = contents.page(session(), dialogue, _language(dialogue))
    ids = [theme.id for theme in lines.of_page(session(), dialogue)]
    return render_template(
        "briefs/desk_brief.html",
        dialogue=dialogue,
        content=content,
        outside=documents.outside(content),
        missing=contents.missing_words(content),
        quoted=len(queries_quotes.quotes_in(session(), ids)),
        bodies=queries_bodies.in_use(session(), dialogue.id),
        frozen=queries.briefs_of(session(), dialogue.id),
        may_condense=actor().may(Permission.CONDENSE, dialogue.scope()),
        may_decide=actor().may(Permission.DECIDE, dialogue.scope()),
    )


@blueprint.route("/dialogues/<code>/brief/words", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def words(code: str) -> AnyResponse | tuple[str, int]:
    """The three lines of every theme of the page, in one language."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    language = _language(dialogue)
    form = lines_form(lines.of_page(session(), dialogue), language, posted())
    if sent(form):
        overtaken = lines.write(session(), actor(), dialogue, language, form.written())
        if not overtaken:
            flash(_("Saved."), "success")
            return redirect(url_for("briefs.draft", code=code))
        form.show_overtaken(overtaken)
    return render_form(
        "briefs/desk_words.html",
        form,
        dialogue=dialogue,
        language=language,
        languages=[(one, LANGUAGES[one]) for one in dialogue.languages],
    )


@blueprint.get("/dialogues/<code>/brief/print")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def paper(code: str) -> str:
    """The brief as it stands now with its annex, to read through and to print."""
    dialogue = dialogues.for_desk(session(), actor(), code)
    content = contents.whole(session(), dialogue, _language(dialogue))
    return _brief_page(content, url_for("briefs.draft", code=code))


@blueprint.route("/dialogues/<code>/brief/send", methods=["GET", "POST"])
@access.staff(Permission.CONDENSE)
def send(code: str) -> AnyResponse | tuple[str, int]:
    """Choose who gets the brief, and freeze a version for them."""
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    bodies = queries_bodies.in_use(session(), dialogue.id)
    form = receivers_form(FreezeForm, bodies, posted(), language=_language(dialogue))
    form.prepare(dialogue)
    if sent(form):
        try:
            brief = _freeze(dialogue, form)
            flash(_("Version %(number)s is kept. Download it here.", number=brief.number), "success")
            return redirect(url_for("briefs.sent_to", code=brief.code))
        except DomainError as error:
            form.refuse(error)
            dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    content = contents.page(session(), dialogue, _language(dialogue))
    return render_form(
        "briefs/desk_send.html",
        form,
        dialogue=dialogue,
        lies_outside=contents.lies_outside(content),
        outside=documents.outside(content),
    )


@blueprint.get("/briefs/<code>")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def frozen(code: str) -> str:
    """A version as it was sent."""
    brief = queries.brief(session(), actor(), code)
    return _brief_page(brief.content, url_for("briefs.sent_to", code=code), brief)


@blueprint.get("/briefs/<code>/sent-to")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def sent_to(code: str) -> tuple[str, int]:
    """The bodies that got a version, what came of it there, and its documents."""
    brief = queries.brief(session(), actor(), code)
    return _sent_to_page(brief, receivers_form(ReceiversForm, _others(brief), None))


@blueprint.post("/briefs/<code>/send")
@access.staff(Permission.CONDENSE)
def send_to_more(code: str) -> AnyResponse | tuple[str, int]:
    """Send a version to more bodies."""
    brief = queries.brief(session(), actor(), code, Permission.CONDENSE)
    form = receivers_form(ReceiversForm, _others(brief), request.form)
    if sent(form):
        try:
            briefs.send(session(), actor(), brief, form.receivers())
            return redirect(url_for("briefs.sent_to", code=code))
        except DomainError as error:
            form.refuse(error)
            brief = queries.brief(session(), actor(), code, Permission.CONDENSE)
    return _sent_to_page(brief, form)


@blueprint.route("/sendings/<code>", methods=["GET", "POST"])
@access.staff(Permission.DECIDE)
def outcome(code: str) -> AnyResponse | tuple[str, int]:
    """Write down what came of a version in one body."""
    sending = queries.sending(session(), actor(), code)
    form = OutcomeForm(
        posted(),
        data={
            "heard_on": min(sending.meets_on or clock.today(), clock.today()),
            "outcome": sending.outcome,
        },
    )
    if sent(form) and form.heard_on.data is not None:
        try:
            briefs.note_outcome(session(), actor(), sending, form.outcome.data or "", form.heard_on.data)
            flash(_("Noted. Residents see that it has been talked about."), "success")
            return redirect(url_for("briefs.sent_to", code=sending.brief.code))
        except DomainError as error:
            form.refuse(error)
            sending = queries.sending(session(), actor(), code)
    return render_form("briefs/desk_outcome.html", form, sending=sending, brief=sending.brief)


@blueprint.get("/briefs/<code>/sources/<int:line>")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def followed(code: str, line: int) -> str:
    """Everything that lay in a theme when a version was frozen, with what can still be read of it."""
    brief = queries.brief(session(), actor(), code)
    found = next((one for one in _all_lines(brief) if one["number"] == line), None)
    if found is None:
        raise NotFound
    codes = queries.codes_of(session(), brief, found["code"])
    return render_template(
        "briefs/sources.html",
        brief=brief,
        line=found,
        page=queries_quotes.with_codes(
            session(), brief.dialogue_id, codes, request.args.get("page", 1, type=int)
        ),
        source_of=sources.of,
    )


@blueprint.get("/briefs/<code>/pdf")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def pdf(code: str) -> Response:
    """A version as it was sent, as PDF."""
    brief = queries.brief(session(), actor(), code)
    return _file(brief, brief.pdf, "pdf", "application/pdf", "inline")


@blueprint.get("/briefs/<code>/docx")
@access.staff(Permission.CONDENSE, Permission.DECIDE)
def docx(code: str) -> Response:
    """A version as it was sent, as DOCX."""
    brief = queries.brief(session(), actor(), code)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(brief, brief.docx, "docx", kind, "attachment")


def _freeze(dialogue: Dialogue, form: FreezeForm) -> Brief:
    code, receivers = dialogue.code, form.receivers()
    content = contents.whole(session(), dialogue, form.language.data, form.left_out.data or "")
    briefs.check_final(session(), actor(), dialogue, content, receivers)
    # The documents take their time, so nobody else's writing waits for them.
    begin_anew()
    kept = documents.store(house().files, content)
    dialogue = dialogues.for_desk(session(), actor(), code, Permission.CONDENSE)
    key = form.submission_key.data or ""
    return briefs.freeze(session(), actor(), dialogue, content, kept, receivers, key)


def _sent_to_page(brief: Brief, form: ReceiversForm) -> tuple[str, int]:
    scope = brief.dialogue.scope()
    return render_form(
        "briefs/desk_sent_to.html",
        form,
        brief=brief,
        may_condense=actor().may(Permission.CONDENSE, scope),
        may_decide=actor().may(Permission.DECIDE, scope),
    )


def _others(brief: Brief) -> list[Body]:
    """The bodies that do not have a version yet."""
    has_it = {sending.body_id for sending in brief.sendings}
    return [one for one in queries_bodies.in_use(session(), brief.dialogue_id) if one.id not in has_it]


def _file(brief: Brief, address: str, ending: str, kind: str, way: str) -> Response:
    if not address:
        raise Closed(
            lazy("Something was taken back, and the documents are made anew. Try again in a minute.")
        )
    response = Response(house().files.get(address), mimetype=kind)
    name = f"brief-{brief.dialogue.slug}-{brief.number}.{ending}"
    response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    return response


def _brief_page(content: contents.Content, back: str, brief: Brief | None = None) -> str:
    return render_template(
        "briefs/brief.html",
        content=content,
        brief=brief,
        back=back,
        outside=documents.outside(content),
        page_of=lambda kind: next((one.page for one in sources.declared() if one.kind == kind), ""),
    )


def _all_lines(brief: Brief) -> list[dict[str, Any]]:
    return [*brief.content["themes"], *brief.content["also"]]


def _language(dialogue: Dialogue) -> str:
    """The language that was asked for, else the reader's, else the dialogue's first."""
    wanted = (request.args.get("in", ""), i18n.language())
    return next((one for one in wanted if one in dialogue.languages), dialogue.languages[0])

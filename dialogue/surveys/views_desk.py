"""Pages on which the team writes a survey, publishes it and reads its results."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import Closed, DomainError, NotFound
from dialogue.base.i18n import _, ngettext
from dialogue.dialogues import queries as dialogue_queries
from dialogue.surveys import answer_form, editing, operations, queries, results, rules, taking_in
from dialogue.surveys.forms import AboutForm, QuestionForm, about_of
from dialogue.surveys.models import Question, QuestionKind, Survey
from dialogue.surveys.questionnaire import TEXTS, draft_of
from dialogue.web import access
from dialogue.web.forms import Form, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import give_up, house, note_read, session

blueprint = Blueprint("surveys_desk", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/dialogues/<code>/surveys/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def new(code: str) -> Response | tuple[str, int]:
    """Begin a survey."""
    dialogue = dialogue_queries.for_desk(session(), actor(), code, Permission.MANAGE_SURVEYS)
    form = AboutForm(posted(), dialogue.languages)
    if sent(form):
        try:
            survey = operations.create(
                session(), actor(), dialogue, form.about(), form.submission_key.data or ""
            )
            return _to(survey)
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/about.html", form, dialogue=dialogue, survey=None)


@blueprint.get("/surveys/<code>")
@access.staff(Permission.MANAGE_SURVEYS)
def survey(code: str) -> str:
    """A survey: what comes next, its questions and its links."""
    return _page(queries.for_desk(session(), actor(), code))


@blueprint.route("/surveys/<code>/about", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def about(code: str) -> Response | tuple[str, int]:
    """Change title, introduction and how it is run."""
    shown = queries.for_desk(session(), actor(), code)
    form = AboutForm(posted(), shown.dialogue.languages, data=about_of(shown))
    if shown.versions:
        form.is_published()
    if sent(form):
        try:
            operations.describe(session(), actor(), shown, form.about())
            return _to(shown)
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/about.html", form, dialogue=shown.dialogue, survey=shown)


@blueprint.route("/surveys/<code>/questions/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def new_question(code: str) -> Response | tuple[str, int]:
    """Add a question of the kind that the address names."""
    shown = queries.for_desk(session(), actor(), code)
    kind = _kind(request.args.get("kind", ""))
    # A scale from 1 to 5 is what most people know.
    form = QuestionForm(posted(), shown.dialogue.languages, data={"lowest": _first(kind), "highest": 5})
    form.suit(kind)
    if sent(form):
        try:
            editing.add_question(session(), actor(), shown, kind, form.wording())
            flash(_("The question is added."), "success")
            return _to(shown, "questions")
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/question.html", form, survey=shown, kind=kind, question=None)


@blueprint.route("/surveys/<code>/questions/<int:question_id>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_SURVEYS)
def question(code: str, question_id: int) -> Response | tuple[str, int]:
    """Word a question anew."""
    shown = queries.for_desk(session(), actor(), code)
    asked = queries.question_of(shown, question_id)
    form = QuestionForm(posted(), shown.dialogue.languages, data=_values(asked))
    form.suit(asked.kind)
    if sent(form):
        try:
            editing.change_question(session(), actor(), shown, asked, form.wording())
            flash(_("The question is saved."), "success")
            return _to(shown, "questions")
        except DomainError as error:
            form.refuse(error)
    return render_form("surveys/question.html", form, survey=shown, kind=asked.kind, question=asked)


@blueprint.post("/surveys/<code>/questions/<int:question_id>/<any(up, down, remove, restore):change>")
@access.staff(Permission.MANAGE_SURVEYS)
def arrange(code: str, question_id: int, change: str) -> Response:
    """Move a question, take it away or bring it back."""
    shown = queries.for_desk(session(), actor(), code)
    asked = queries.question_of(shown, question_id)
    if change == "remove":
        if editing.remove_question(session(), actor(), shown, asked):
            flash(
                _(
                    "The question is removed from the next version. Its answers are kept, and you can bring it back."
                ),
                "success",
            )
        else:
            flash(_("The question is removed."), "success")
    elif change == "restore":
        editing.restore_question(session(), actor(), shown, asked)
    else:
        editing.move_question(session(), actor(), shown, asked, -1 if change == "up" else 1)
    return _to(shown, "questions")


@blueprint.get("/surveys/<code>/preview")
@access.staff(Permission.MANAGE_SURVEYS)
def preview(code: str) -> str:
    """The form as it would be published now."""
    shown = queries.for_desk(session(), actor(), code)
    form = draft_of(shown)
    return render_template(
        "surveys/preview.html", survey=shown, questionnaire=form, form=answer_form.make(form, None)
    )


@blueprint.post("/surveys/<code>/<any(publish, close, reopen):change>")
@access.staff(Permission.MANAGE_SURVEYS)
def move(code: str, change: str) -> Response | tuple[str, int]:
    """Publish the form as it is now, close the survey, or open it again."""
    shown = queries.for_desk(session(), actor(), code)
    form = Form()
    try:
        if change == "publish":
            operations.publish(session(), actor(), shown)
            flash(_("The survey is published."), "success")
        elif change == "close":
            operations.close(session(), actor(), shown)
            flash(_("The survey is closed."), "success")
        else:
            operations.reopen(session(), actor(), shown)
            flash(_("The survey is open again."), "success")
        return _to(shown)
    except DomainError as error:
        form.refuse(error)
        return _page(shown, error.message), error.status


@blueprint.get("/surveys/<code>/results")
@access.staff(Permission.READ_RESULTS)
def survey_results(code: str) -> str:
    """The results so far."""
    shown = queries.for_desk(session(), actor(), code, Permission.READ_RESULTS)
    scope = shown.dialogue.scope()
    return render_template(
        "surveys/results_desk.html",
        survey=shown,
        results=results.of(session(), shown, request.args.get("collector")),
        outside=queries.outside(session(), [shown.id]).get(shown.id, 0),
        is_over=rules.is_over(shown, clock.today()),
        may_manage=actor().may(Permission.MANAGE_SURVEYS, scope),
        may_condense=actor().may(Permission.CONDENSE, scope),
    )


@blueprint.post("/surveys/<code>/take-in")
@access.staff(Permission.CONDENSE)
def take_in(code: str) -> Response:
    """Take in what people wrote, so that it can be placed under themes."""
    shown = queries.for_desk(session(), actor(), code, Permission.CONDENSE)
    try:
        number = taking_in.take_in(session(), actor(), shown)
    except Closed as error:
        give_up(error)
        return redirect(url_for("surveys_desk.survey_results", code=code))
    flash(ngettext("%(num)s answer taken in.", "%(num)s answers taken in.", number), "success")
    return redirect(url_for("condense.all_themes", code=shown.dialogue.code, _anchor="unplaced"))


@blueprint.get("/surveys/<code>/results/<int:question_id>/texts")
@access.staff(Permission.READ_RESULTS)
def texts(code: str, question_id: int) -> str:
    """What people wrote to a question; that somebody read it is noted."""
    shown = queries.for_desk(session(), actor(), code, Permission.READ_RESULTS)
    asked = queries.question_of(shown, question_id)
    if asked.kind not in TEXTS:
        raise NotFound
    note_read(actor(), "read texts", "question", (asked.id, shown.dialogue_id))
    page = queries.texts_of(session(), asked.id, request.args.get("page", 1, type=int))
    return render_template("surveys/texts.html", survey=shown, question=asked, page=page)


def _page(shown: Survey, refused: object = None) -> str:
    form = draft_of(shown)
    return render_template(
        "surveys/survey.html",
        survey=shown,
        items=form.items,
        retired=[question for question in shown.questions if question.is_retired],
        question_kinds=list(QuestionKind),
        missing=rules.missing(form),
        has_changes=operations.has_changes(shown),
        is_over=rules.is_over(shown, clock.today()),
        were_shown=rules.were_shown(shown, clock.today()),
        answers=queries.answers_by_collector(session(), shown.id),
        public_url=house().settings.public_url,
        may_read=actor().may(Permission.READ_RESULTS, shown.dialogue.scope()),
        refused=refused,
    )


def _kind(name: str) -> QuestionKind:
    try:
        return QuestionKind(name)
    except ValueError:
        raise NotFound from None


def _first(kind: QuestionKind) -> int:
    return 0 if kind is QuestionKind.NUMBER else 1


def _values(asked: Question) -> dict[str, object]:
    names = ("text", "help", "is_required", "lowest", "highest", "lowest_label", "highest_label")
    return {**{name: getattr(asked, name) for name in names}, "options": editing.lines_of(asked)}


def _to(shown: Survey, part: str | None = None) -> Response:
    return redirect(url_for("surveys_desk.survey", code=shown.code, _anchor=part))

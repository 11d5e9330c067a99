"""The three steps in which a dialogue is set up; later they are its edit pages."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.dialogues import operations, playbooks, queries, rules
from dialogue.dialogues.forms import EMPTY, BasicsForm, DripForm, FrameworkForm, PlanForm, plan_values
from dialogue.dialogues.models import Dialogue
from dialogue.people.models import User
from dialogue.places.models import Municipality, Organisation
from dialogue.residents.operations import first_time
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("setting_up", __name__, url_prefix="/<lang:lang>/desk/dialogues")


@blueprint.route("/new", methods=["GET", "POST"])
@access.staff(Permission.CREATE_DIALOGUE)
def new() -> Response | tuple[str, int]:
    """Step 1 of a new dialogue: what it asks, where, and who asks."""
    municipalities = queries.municipalities_to_choose(session(), actor(), clock.today())
    organisers = queries.organisers_to_choose(session(), actor())
    form = BasicsForm(posted())
    form.offer_places(municipalities, organisers)
    if sent(form):
        basics = _basics(form)
        if not first_time(session(), form.submission_key.data or "", repr(basics)):
            return redirect(url_for("dialogues.dialogues"))
        try:
            dialogue = operations.start(session(), actor(), basics)
            return redirect(url_for("setting_up.plan", code=dialogue.code))
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "dialogues/basics.html", form, dialogue=None, can_choose=bool(municipalities and organisers)
    )


@blueprint.route("/new/drip", methods=["GET", "POST"])
@access.staff(Permission.CREATE_DIALOGUE)
def drip() -> Response | tuple[str, int]:
    """One question, with everything else by itself: set up in a minute."""
    municipalities = queries.municipalities_to_choose(session(), actor(), clock.today())
    organisers = queries.organisers_to_choose(session(), actor())
    form = DripForm(posted(), data=queries.last_contact(session(), actor()))
    form.question.required_in = rules.BOUND_LANGUAGES
    form.offer_places(municipalities, organisers)
    if not actor().has(Permission.SIGN_PROMISE):
        del form.is_promised
    if sent(form):
        said = _drip(form)
        if not first_time(session(), form.submission_key.data or "", repr(said)):
            return redirect(url_for("dialogues.dialogues"))
        makers = {name: make for room in house().rooms for name, make in room.playbook_parts.items()}
        try:
            made = operations.drip(
                session(),
                actor(),
                said,
                makers,
                is_promised=bool("is_promised" in form and form.is_promised.data),
            )
            return redirect(url_for("dialogues.dialogue", code=made.code))
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "dialogues/drip.html",
        form,
        answer_by=operations.answer_by(clock.today()),
        can_choose=bool(municipalities and organisers),
    )


@blueprint.route("/<code>/basics", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def basics(code: str) -> Response | tuple[str, int]:
    """Step 1 again: change what the dialogue asks."""
    dialogue = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    form = _basics_form(dialogue)
    if sent(form):
        try:
            operations.change_basics(session(), actor(), dialogue, _basics(form, dialogue))
            return _onwards(dialogue, "setting_up.plan")
        except DomainError as error:
            form.refuse(error)
    return render_form("dialogues/basics.html", form, dialogue=dialogue, can_choose=True)


@blueprint.route("/<code>/purpose-and-dates", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def plan(code: str) -> Response | tuple[str, int]:
    """Step 2: why, in which languages, and when."""
    dialogue = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    playbook = playbooks.find(dialogue.playbook)
    form = PlanForm(posted(), data=plan_values(dialogue, clock.today(), playbook))
    form.purpose.required_in = rules.required_in_step(dialogue)
    form.tell_before_what.codes = tuple(dialogue.languages)
    form.goals.choices = queries.goals_to_choose(session(), dialogue, clock.today())
    if rules.is_public(dialogue):
        del form.answer_by
    if sent(form):
        try:
            operations.change_plan(session(), actor(), dialogue, _plan(form, dialogue))
            return _onwards(dialogue, "setting_up.framework")
        except DomainError as error:
            form.refuse(error)
    return render_form("dialogues/purpose_and_dates.html", form, dialogue=dialogue)


@blueprint.route("/<code>/privacy-and-contact", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def framework(code: str) -> Response | tuple[str, int]:
    """Step 3: who answers for the personal data, and where residents can turn."""
    dialogue = queries.for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    organisations = _with_own(queries.organisations_of(session(), dialogue), dialogue)
    form = _framework_form(dialogue, organisations)
    if sent(form):
        try:
            operations.change_framework(session(), actor(), dialogue, _framework(form))
            makers = {name: make for room in house().rooms for name, make in room.playbook_parts.items()}
            operations.finish(session(), actor(), dialogue, makers)
            return redirect(url_for("dialogues.dialogue", code=dialogue.code))
        except DomainError as error:
            form.refuse(error)
    return render_form("dialogues/privacy_and_contact.html", form, dialogue=dialogue)


def _basics_form(dialogue: Dialogue) -> BasicsForm:
    values = {
        name: getattr(dialogue, name)
        for name in ("title", "question", "area", "municipality_id", "organiser_id")
    }
    values["playbook"] = dialogue.playbook or EMPTY
    form = BasicsForm(posted(), data=values)
    if rules.is_public(dialogue):
        del form.municipality_id
        del form.organiser_id
    else:
        municipalities: list[Municipality] = [
            *queries.municipalities_to_choose(session(), actor(), clock.today())
        ]
        if dialogue.municipality_id not in {place.id for place in municipalities}:
            municipalities.append(dialogue.municipality)
        form.offer_places(
            municipalities, _with_own(queries.organisers_to_choose(session(), actor()), dialogue)
        )
    if dialogue.set_up_at is not None:
        del form.playbook
    for field in (form.title, form.question, form.area):
        field.codes = tuple(dialogue.languages)
        field.required_in = rules.required_in_step(dialogue)
    return form


def _basics(form: BasicsForm, dialogue: Dialogue | None = None) -> operations.Basics:
    chosen: dict[str, Any] = {
        name: form[name].data if name in form else getattr(dialogue, name)
        for name in ("municipality_id", "organiser_id", "playbook")
    }
    if chosen["playbook"] == EMPTY:
        chosen["playbook"] = ""
    return operations.Basics(
        title=form.title.data, question=form.question.data, area=form.area.data, **chosen
    )


def _drip(form: DripForm) -> operations.Drip:
    return operations.Drip(
        question=form.question.data,
        municipality_id=form.municipality_id.data,
        organiser_id=form.organiser_id.data,
        contact_email=form.contact_email.data or "",
        accessibility_url=(form.accessibility_url.data or "").strip(),
    )


def _plan(form: PlanForm, dialogue: Dialogue) -> operations.Plan:
    return operations.Plan(
        purpose=form.purpose.data,
        languages=[*rules.BOUND_LANGUAGES, *(["en"] if form.in_english.data else [])],
        phases=form.dates(),
        answer_by=form.answer_by.data if "answer_by" in form else dialogue.answer_by,
        goal_ids=form.goals.data or [],
        tell_before=form.tell_before.data,
        tell_before_what=form.tell_before_what.data,
    )


def _framework_form(dialogue: Dialogue, organisations: Sequence[Organisation]) -> FrameworkForm:
    controller = dialogue.controller or queries.default_controller(dialogue, organisations)
    officer = dialogue.duty_officer or session().get_one(User, actor().user_id)
    form = FrameworkForm(
        posted(),
        data={
            "controller_id": controller.id,
            "contact_email": dialogue.contact_email or controller.email,
            "accessibility_url": dialogue.accessibility_url,
            "has_pupils": dialogue.has_pupils,
            "duty_officer": officer.email,
            "privacy_notice": dialogue.privacy_notice or operations.offered_notice(dialogue, organisations),
        },
    )
    form.offer_controllers(organisations)
    form.privacy_notice.required_in = rules.required_in_step(dialogue)
    return form


def _framework(form: FrameworkForm) -> operations.Framework:
    return operations.Framework(
        controller_id=form.controller_id.data,
        privacy_notice=form.privacy_notice.data,
        contact_email=form.contact_email.data or "",
        accessibility_url=(form.accessibility_url.data or "").strip(),
        has_pupils=form.has_pupils.data,
        duty_officer=form.duty_officer.data or "",
    )


def _with_own(organisations: Sequence[Organisation], dialogue: Dialogue) -> list[Organisation]:
    """The organisations and, among them, the dialogue's own, which may lie outside what was asked for."""
    own = [body for body in (dialogue.organiser, dialogue.controller) if body is not None]
    ids = {body.id for body in organisations}
    return [*organisations, *{body.id: body for body in own if body.id not in ids}.values()]


def _onwards(dialogue: Dialogue, step: str) -> Response:
    """To the next step while the dialogue is being set up, else back to its page."""
    endpoint = "dialogues.dialogue" if dialogue.set_up_at is not None else step
    return redirect(url_for(endpoint, code=dialogue.code))

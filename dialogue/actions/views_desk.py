"""Pages of actions at the desk, for owners and organisers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from dialogue.actions import choosing, editing, operations, queries, queries_links, rules, sheet
from dialogue.actions.counter import SAID, Counter
from dialogue.actions.forms import ActionForm, EditForm, values_of
from dialogue.actions.models import Action
from dialogue.actions.rules import Side
from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.base.i18n import Translated, _
from dialogue.base.revisions import Changed
from dialogue.dialogues.models import Dialogue
from dialogue.dialogues.queries import for_desk
from dialogue.dialogues.rules import is_public
from dialogue.web import access
from dialogue.web.forms import hidden_number, posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import note_read, session

blueprint = Blueprint("actions", __name__, url_prefix="/<lang:lang>/desk")


@blueprint.route("/actions/<code>", methods=["GET", "POST"])
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS, Permission.VIEW_DIALOGUE)
def action(code: str) -> Response | tuple[str, int]:
    """One action, with what the one who looks can do with it now."""
    shown = queries.for_desk(session(), actor(), code)
    sides = rules.sides(actor(), shown)
    owners = queries.possible_owners(session(), shown.dialogue) if sides else []
    counter = Counter(actor(), shown, owners)
    if counter.take(session()) and counter.chosen is not None:
        flash(str(SAID[counter.chosen]), "success")
        return redirect(url_for("actions.action", code=code))
    counter.offer()
    sees_all = rules.sees_all(actor(), shown)
    if shown.person_email and not rules.speaks_for(actor(), shown.owner):
        note_read(actor(), "read person", "action", (shown.id, shown.dialogue_id))
    page = render_template(
        "actions/action.html",
        **sheet.shown(shown, counter, sees_all=sees_all),
        open_file=lambda file: url_for("action_files.open_at_desk", code=code, file=file.code),
        files_url=url_for("action_files.at_desk", code=code) if sides else None,
        tools=sheet.tools(shown) if sides else [],
        is_owner=shown.owner_id in queries.own_organisations(actor()),
        sees_dialogue=actor().may(Permission.VIEW_DIALOGUE, shown.dialogue.scope()),
        is_organiser=Side.ORGANISER in sides,
    )
    return page, counter.status


@blueprint.get("/dialogues/<code>/actions")
@access.staff(Permission.VIEW_DIALOGUE)
def of_dialogue(code: str) -> str:
    """Every action of a dialogue."""
    shown = for_desk(session(), actor(), code)
    return render_template(
        "actions/of_dialogue.html",
        dialogue=shown,
        piles=rules.piles(queries.of_dialogue(session(), shown.id), Side.ORGANISER, clock.today()),
        may_propose=actor().may(Permission.MANAGE_ACTIONS, shown.scope()) and is_public(shown),
        address_of=_address_of,
        today=clock.today(),
        is_late=rules.is_late,
    )


@blueprint.route("/dialogues/<code>/actions/propose", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ACTIONS)
def propose(code: str) -> Response | tuple[str, int]:
    """Ask an organisation to do something that no single decision stands behind."""
    shown = for_desk(session(), actor(), code, Permission.MANAGE_ACTIONS)
    form = ActionForm(posted())
    _prepare(form, shown)
    if sent(form):
        try:
            made = operations.propose(session(), actor(), shown, form.draft())
            flash(_("%(owner)s is asked.", owner=made.owner.name), "success")
            return redirect(url_for("actions.action", code=made.code))
        except DomainError as error:
            form.refuse(error)
            shown = for_desk(session(), actor(), code, Permission.MANAGE_ACTIONS)
            _prepare(form, shown)
    return render_form("actions/propose.html", form, dialogue=shown)


@blueprint.route("/actions/<code>/edit", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_ACTIONS)
def edit(code: str) -> Response | tuple[str, int]:
    """Write anew what stands about an action; of two who do it at once the second sees both."""
    shown = queries.for_desk(session(), actor(), code)
    actor().require(Permission.MANAGE_ACTIONS, shown.dialogue.scope())
    form = EditForm(posted(), data=values_of(shown))
    _prepare_edit(form, shown)
    there: dict[str, Translated | str] = {}
    if sent(form):
        try:
            changed = editing.edit(session(), actor(), shown, hidden_number(form.revision), form.edit())
            flash(_("The changes are saved.") if changed else _("Nothing was changed."), "success")
            return redirect(url_for("actions.action", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
            _prepare_edit(form, shown)
            if isinstance(error, Changed):
                # They see now what the other wrote, so what they send next is sent knowingly.
                form.revision.data = str(shown.revision)
                there = editing.differing(shown, form.edit())
    return render_form("actions/edit.html", form, action=shown, there=there, parts=editing.PARTS)


@blueprint.route("/organisations/<code>/follow-up", methods=["GET", "POST"])
@access.staff(Permission.OWN_ACTIONS, Permission.MANAGE_ORGANISATIONS)
def choices(code: str) -> Response | tuple[str, int]:
    """What an organisation has chosen about lateness and mails."""
    owner = queries_links.organisation_of(session(), actor(), code)
    form = choosing.form_of(owner)
    if sent(form):
        try:
            choosing.save(session(), actor(), owner, form)
            flash(_("%(name)s is saved.", name=owner.name), "success")
            return redirect(url_for("work.listed"))
        except DomainError as error:
            form.refuse(error)
            owner = queries_links.organisation_of(session(), actor(), code)
    return render_form("actions/choices_desk.html", form, owner=owner)


def _prepare(form: ActionForm, dialogue: Dialogue) -> None:
    owners = queries.possible_owners(session(), dialogue)
    form.prepare(dialogue, owners, editing.goal_choices(session(), dialogue))


def _prepare_edit(form: EditForm, action: Action) -> None:
    owners = queries.possible_owners(session(), action.dialogue)
    form.prepare(action, owners, editing.goal_choices(session(), action.dialogue, action.goal))


def _address_of(action: Action) -> str:
    return url_for("actions.action", code=action.code)

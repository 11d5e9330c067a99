"""Pages of posters for those who hang them up."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import qr
from dialogue.base.errors import DomainError, Invalid
from dialogue.base.i18n import LANGUAGES, _, lazy, ngettext, speaking
from dialogue.dialogues.queries import for_desk as dialogue_for_desk
from dialogue.posters import operations, queries, rules
from dialogue.posters.forms import PlaceForm, PosterForm, ServeForm
from dialogue.posters.models import Poster
from dialogue.web import access
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import house, session

blueprint = Blueprint("posters_desk", __name__, url_prefix="/<lang:lang>/desk")

# What is printed, in every language, since a poster outlives the dialogues it serves and names none of them.
SAYS = lazy("Say what you think. See what comes of it.")
HOW = lazy("Point your phone's camera at the code.")


@blueprint.get("/posters")
@access.staff(Permission.MANAGE_DIALOGUE)
def posters() -> str:
    """The posters in somebody's places, and what each of them serves."""
    return render_template(
        "posters/desk/posters.html",
        page=queries.kept_by(session(), actor(), request.args.get("page", 1, type=int)),
        may_make=bool(queries.municipalities_of(session(), actor())),
    )


@blueprint.route("/posters/new", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def new() -> Response | tuple[str, int]:
    """Make a poster."""
    reached = {place.id: place for place in queries.municipalities_of(session(), actor())}
    form = PosterForm(posted())
    form.offer_places(list(reached.values()))
    if sent(form):
        try:
            municipality = reached[form.municipality_id.data]
            key = form.submission_key.data or ""
            made = operations.make(session(), actor(), municipality, form.place.data, key)
            flash(_("The poster is made. Print it, and choose what it serves."), "success")
            return redirect(url_for("posters_desk.poster", code=made.code))
        except DomainError as error:
            form.refuse(error)
    return render_form("posters/desk/new.html", form, may_make=bool(reached))


@blueprint.route("/posters/<code>", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def poster(code: str) -> Response | tuple[str, int]:
    """One poster: what it serves, and a form to let it serve another dialogue."""
    shown = queries.for_desk(session(), actor(), code)
    offered = {dialogue.id: dialogue for dialogue in queries.choices(session(), shown)}
    form = ServeForm(posted())
    form.offer(list(offered.values()))
    if sent(form):
        try:
            operations.serve(session(), actor(), shown, offered[form.dialogue.data])
            flash(_("The poster serves this dialogue from now on."), "success")
            return redirect(url_for("posters_desk.poster", code=code))
        except DomainError as error:
            form.refuse(error)
            shown = queries.for_desk(session(), actor(), code)
    return render_form(
        "posters/desk/poster.html",
        form,
        poster=shown,
        address=short_address(shown),
        is_retired=rules.is_retired(shown),
        has_choices=bool(offered),
        past=queries.past(session(), shown),
    )


@blueprint.route("/posters/<code>/place", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def place(code: str) -> Response | tuple[str, int]:
    """Say in other words where a poster hangs."""
    shown = queries.for_desk(session(), actor(), code)
    form = PlaceForm(posted(), data={"place": shown.place})
    if sent(form):
        try:
            operations.rename(session(), actor(), shown, form.place.data)
            flash(_("The place is saved."), "success")
            return redirect(url_for("posters_desk.poster", code=code))
        except DomainError as error:
            form.refuse(error)
    return render_form("posters/desk/place.html", form, poster=shown)


@blueprint.post("/posters/<code>/take-off")
@access.staff(Permission.MANAGE_DIALOGUE)
def take_off(code: str) -> Response:
    """Let a poster serve nothing."""
    operations.take_off(session(), actor(), queries.for_desk(session(), actor(), code))
    flash(_("The poster serves no dialogue now."), "success")
    return redirect(url_for("posters_desk.poster", code=code))


@blueprint.post("/posters/<code>/retire")
@access.staff(Permission.MANAGE_DIALOGUE)
def retire(code: str) -> Response:
    """Say that a poster is taken down for good."""
    operations.retire(session(), actor(), queries.for_desk(session(), actor(), code))
    flash(_("The poster is no longer in use."), "success")
    return redirect(url_for("posters_desk.poster", code=code))


@blueprint.get("/posters/<code>/print")
@access.staff(Permission.MANAGE_DIALOGUE)
def paper(code: str) -> str:
    """The poster on paper. It names no dialogue, since it is to hang there for the next one too."""
    shown = queries.for_desk(session(), actor(), code)
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append((language, str(SAYS), str(HOW)))
    return render_template(
        "posters/desk/print.html", poster=shown, address=short_address(shown), says=SAYS, said=said
    )


@blueprint.get("/posters/<code>/qr.svg")
@access.staff(Permission.MANAGE_DIALOGUE)
def qr_code(code: str) -> Response:
    """The QR code as a picture, shown on the paper or put into a poster of one's own."""
    shown = queries.for_desk(session(), actor(), code)
    response = make_response(qr.svg(short_address(shown)))
    response.mimetype = "image/svg+xml"
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="poster-{shown.code}.svg"'
    return response


@blueprint.route("/dialogues/<code>/posters", methods=["GET", "POST"])
@access.staff(Permission.MANAGE_DIALOGUE)
def of_dialogue(code: str) -> Response | str:
    """Let posters that serve nothing serve a dialogue, all of them at once."""
    dialogue = dialogue_for_desk(session(), actor(), code, Permission.MANAGE_DIALOGUE)
    actor().require(Permission.MANAGE_DIALOGUE, rules.place_of(dialogue))
    if request.method == "POST":
        chosen = request.form.getlist("poster")
        if not chosen:
            raise Invalid(lazy("Choose at least one poster."))
        taken = operations.serve_with(session(), actor(), dialogue, chosen)
        flash(
            ngettext("%(num)s poster serves it now.", "%(num)s posters serve it now.", taken),
            "success" if taken else "message",
        )
        return redirect(url_for("dialogues.dialogue", code=code))
    return render_template(
        "posters/desk/of_dialogue.html",
        dialogue=dialogue,
        serving=queries.serving(session(), dialogue),
        empty_ones=queries.empty_in(session(), dialogue),
    )


def short_address(shown: Poster) -> str:
    """The address of a poster as it is printed on it."""
    return house().settings.public_url + url_for("posters.short_link", code=shown.code)

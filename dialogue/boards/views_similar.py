"""While somebody writes an idea: what others have said that looks like it, and supporting that instead."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base.errors import DomainError
from dialogue.base.i18n import lazy
from dialogue.boards import queries_public, similar, support as support_operations
from dialogue.boards.forms import IdeaForm
from dialogue.boards.models import Board, Given, Idea, SupportKind
from dialogue.boards.views import LARGEST_BODY, NO_COOKIE, writing
from dialogue.web import access
from dialogue.web.device import device, make_known
from dialogue.web.forms import posted_with_files, render_form
from dialogue.web.transaction import house, session

blueprint = Blueprint("similar", __name__, url_prefix="/<lang:lang>")


@blueprint.post("/boards/<code>/similar")
@access.asks
@access.takes_files(LARGEST_BODY)
def look(code: str) -> str | tuple[str, int]:
    """The ideas that look like what is being written: for the script they alone, else the page with all that was
    typed. Nothing of it is stored."""
    form = _form()
    shown = queries_public.public_board(session(), code)
    form.offer_columns(shown)
    beside = writing(shown)
    found = _like(shown, form) if beside["takes_ideas"] else []
    if request.form.get("only") == "list":
        return render_template("boards/_similar_list.html", ideas=found, **beside)
    return _page(form, beside, similar=found)


@blueprint.post("/boards/<code>/write/support")
@access.public
@access.takes_files(LARGEST_BODY)
def support_instead(code: str) -> Response | str | tuple[str, int]:
    """Support an idea that says the same. What was typed is shown again: it is the writer's until they are done."""
    voter = device()
    if not voter:
        return make_known(url_for("similar.support_instead", code=code, again=1), NO_COOKIE)
    form = _form()
    shown = queries_public.public_board(session(), code)
    form.offer_columns(shown)
    idea_code = request.form.get("support", "")
    try:
        if shown.support_kind is SupportKind.STANCE:
            is_new = support_operations.take_stance(session(), idea_code, voter, Given.AGREE)
        else:
            is_new = support_operations.give(session(), idea_code, voter)
    except DomainError as error:
        form.refuse(error)
        return render_form("boards/write.html", form, **writing(queries_public.public_board(session(), code)))
    supported = queries_public.public_idea(session(), idea_code)
    return _page(form, writing(shown), supported=supported, is_new=is_new)


def _form() -> IdeaForm:
    """What was typed, and the picture, which need not be chosen again. Slow where one was sent."""
    form = IdeaForm(posted_with_files())
    form.take_picture(house().files)
    return form


def _like(shown: Board, form: IdeaForm) -> list[Idea]:
    return similar.like(session(), shown, f"{form.title.data or ''}\n{form.text.data or ''}")


def _page(form: IdeaForm, beside: dict[str, object], **told: object) -> str | tuple[str, int]:
    """The page on which somebody writes, with all they have typed."""
    if not beside["takes_ideas"]:
        form.form_errors = [
            lazy("This board is closed for new ideas. What you wrote is still here, so you can copy it.")
        ]
        return render_form("boards/write.html", form, **beside)
    return render_template("boards/write.html", form=form, has_errors=False, **beside, **told)

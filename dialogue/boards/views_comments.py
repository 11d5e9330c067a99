"""Pages on which residents say something about each other's ideas."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n
from dialogue.base.errors import DomainError, NotFound
from dialogue.boards import operations, queries, queries_comments, queries_public, rules
from dialogue.boards.forms import CommentForm
from dialogue.boards.models import Idea
from dialogue.boards.operations import Draft
from dialogue.boards.walls import TERMS
from dialogue.dialogues.models import ON_DUTY
from dialogue.residents.entrance import holder_of
from dialogue.residents.operations import follow_path, printed_code
from dialogue.web import access, transaction
from dialogue.web.forms import posted, render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("comments", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/boards/ideas/<code>/comment")
@access.public
@cached(queries_public.idea_version)
def write(code: str) -> str:
    """Where a comment is written."""
    page, _status = render_form(
        "boards/comment.html", CommentForm(), **_writing(queries_comments.commented(session(), code))
    )
    return page


@blueprint.post("/boards/ideas/<code>/comment")
@access.public
def send(code: str) -> Response | tuple[str, int]:
    """Send a comment."""
    form = CommentForm(posted())
    idea = queries_comments.commented(session(), code)
    if sent(form):
        try:
            words, key = form.text.data or "", form.submission_key.data or ""
            receipt = operations.comment(session(), idea, words, form.language.data, key)
            return redirect(follow_path(receipt.code, i18n.language()) + "?new=1")
        except DomainError as error:
            form.refuse(error)
    return render_form("boards/comment.html", form, **_writing(idea))


@blueprint.route("/follow/<code>/comment", methods=["GET", "POST"])
@access.follow_code
def change(code: str) -> Response | tuple[str, int]:
    """Change a comment that is not shown yet, or one that was sent back."""
    holder = holder_of(code)
    follow = follow_path(printed_code(holder), i18n.language())
    shown = queries.followed_idea(session(), holder)
    if request.method == "POST":
        transaction.begin_anew()
        shown = queries.followed_idea_locked(session(), holder_of(code))
    if shown.comment_on_id is None:
        raise NotFound
    if shown.contribution.state in ON_DUTY:
        return redirect(follow)
    form = CommentForm(posted(), data={"text": shown.text, "language": shown.contribution.language})
    if sent(form):
        try:
            operations.change_idea(session(), shown, _draft(shown, form))
            return redirect(f"{follow}?just=changed")
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "boards/change.html", form, idea=shown, can_change=rules.can_change(shown), follow=follow
    )


def _draft(comment: Idea, form: CommentForm) -> Draft:
    return Draft(
        comment.column_id,
        "",
        form.text.data or "",
        form.language.data,
        comment_on_id=comment.comment_on_id,
    )


def _writing(idea: Idea) -> dict[str, object]:
    return {
        "idea": idea,
        "takes_comments": rules.takes_comments(idea.board, clock.now()),
        "terms": TERMS[idea.board.wall],
        "read_by": rules.read_by(clock.now()),
    }

"""Pages of boards for residents."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n, live, looked_for
from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import lazy
from dialogue.boards import (
    news,
    operations,
    picturing,
    queries,
    queries_comments,
    queries_public,
    queries_wall,
    rules,
    searching,
    support as support_operations,
    wording,
)
from dialogue.boards.forms import IdeaForm
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.boards.queries_wall import Sort, Wanted
from dialogue.boards.views_pictures import sent_picture
from dialogue.boards.walls import TERMS
from dialogue.dialogues.models import ON_DUTY, Channel
from dialogue.residents.entrance import holder_of
from dialogue.residents.operations import follow_path, printed_code
from dialogue.web import access, security, transaction
from dialogue.web.device import device, make_known
from dialogue.web.forms import posted_with_files, render_form, sent
from dialogue.web.pagecache import cached
from dialogue.web.transaction import house, session

# A picture, and what the form around it takes.
LARGEST_BODY = picturing.LARGEST + 64 * 1024

NO_COOKIE = lazy(
    "Support is counted once for each device, and your browser does not let us set the cookie for that."
)

blueprint = Blueprint("boards", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/boards/<code>")
@access.public
@cached(queries_public.public_version, "column", "sort", "theme", "page")
def board(code: str) -> str:
    """A board with its prompts beside each other, or one of them in pages."""
    shown, now = queries_public.public_board(session(), code), clock.now()
    # Before what is on it: what changes meanwhile is then told to the page once more rather than not at all.
    told_up_to = live.position(session(), news.stream_of(shown.id))
    themes = [
        theme
        for room in house().rooms
        for groupings in room.groupings
        for theme in groupings(session(), shown.dialogue, queries_wall.published_on(shown))
    ]
    wanted = Wanted(
        sort=_asked_sort(),
        column_id=_asked_column(shown),
        theme=next((theme for theme in themes if theme.code == request.args.get("theme")), None),
        number=request.args.get("page", 1, type=int),
    )
    wall = queries_wall.wall(session(), shown, wanted)
    return render_template(
        "boards/board.html",
        board=shown,
        wall=wall,
        wanted=wanted,
        sorts=Sort,
        themes=themes,
        takes_ideas=rules.takes_ideas(shown, now),
        takes_support=rules.takes_support(shown, now),
        stage_line=wording.stage_line(shown, now),
        waiting_line=wording.waiting_line(wall.waiting),
        told_up_to=told_up_to,
    )


@blueprint.get("/boards/<code>/search")
@access.public
def search(code: str) -> str:
    """The published ideas of a board that have the words looked for. What people look for is kept nowhere, so these
    pages are not kept either."""
    shown = queries_public.public_board(session(), code)
    typed = request.args.get("q", "")[: looked_for.LONGEST_QUERY]
    query = looked_for.parse(typed)
    return render_template(
        "boards/search.html",
        board=shown,
        typed=typed,
        query=query,
        page=searching.found(session(), shown, query, request.args.get("page", 1, type=int)),
        marked=looked_for.marked,
        excerpt=looked_for.excerpt,
        takes_ideas=rules.takes_ideas(shown, clock.now()),
        takes_support=rules.takes_support(shown, clock.now()),
    )


@blueprint.get("/boards/<code>/how-we-read")
@access.public
@cached(queries_public.public_version)
def how_we_read(code: str) -> str:
    """The rules of moderation: what is not shown, what is taken out, and why."""
    return render_template(
        "boards/moderation_rules.html",
        board=queries_public.public_board(session(), code),
        reasons=list(ReturnReason),
    )


@blueprint.get("/boards/<code>/write")
@access.public
@cached(queries_public.public_version, "column", "via")
def write(code: str) -> str:
    """Where an idea is written; the address may name the prompt it answers, and the poster that led here."""
    shown = queries_public.public_board(session(), code)
    form = IdeaForm(data={"column": _asked_column(shown)})
    form.offer_columns(shown)
    page, _status = render_form("boards/write.html", form, **writing(shown))
    return page


@blueprint.post("/boards/<code>/write")
@access.public
@access.takes_files(LARGEST_BODY)
def send(code: str) -> Response | tuple[str, int]:
    """Send an idea."""
    form = IdeaForm(posted_with_files())
    # A picture takes its time, and nobody is to wait for it with the database.
    form.take_picture(house().files)
    shown = queries_public.public_board(session(), code)
    form.offer_columns(shown)
    if sent(form):
        try:
            key = form.submission_key.data or ""
            receipt = operations.write_idea(session(), shown, form.draft(), key, _via())
            return redirect(follow_path(receipt.code, i18n.language()) + "?new=1")
        except DomainError as error:
            form.refuse(error)
    return render_form("boards/write.html", form, **writing(shown))


@blueprint.get("/boards/ideas/<code>")
@access.public
@cached(queries_public.idea_version)
def idea(code: str) -> str:
    """One published idea."""
    shown = queries_public.public_idea(session(), code)
    return render_template(
        "boards/idea.html",
        idea=shown,
        takes_ideas=rules.takes_ideas(shown.board, clock.now()),
        takes_support=rules.takes_support(shown.board, clock.now()),
        takes_comments=shown.comment_on_id is None and rules.takes_comments(shown.board, clock.now()),
        comments=queries_comments.comments(session(), shown),
        about=queries_comments.shown_above(shown),
        became=[
            link
            for room in house().rooms
            for make in room.chain_below
            for link in make(session(), shown.contribution)
        ],
    )


@blueprint.post("/boards/ideas/<code>/support")
@access.public
def support(code: str) -> Response | str:
    """Give an idea a dot, or take it back.

    A device without its cookie is given one and sends the same form again with it. So two first clicks
    count once, and a browser that keeps no cookies is told instead of counted each time.
    """
    voter = device()
    if request.form.get("take_back"):
        support_operations.take_back(session(), code, voter)
        place = f"taken-back-{code}"
    elif not voter:
        return make_known(url_for("boards.support", code=code, again=1), NO_COOKIE)
    elif stance := request.form.get("stance"):
        support_operations.take_stance(session(), code, voter, stance)
        place = f"supported-{code}"
    elif support_operations.give(session(), code, voter) or _wants_number():
        place = f"supported-{code}"
    else:
        return redirect(url_for("boards.supported", code=code))
    if _wants_number():
        return Response(str(queries_public.support_count(session(), code)), mimetype="text/plain")
    return redirect(f"{_page_before(code)}#{place}")


@blueprint.get("/boards/ideas/<code>/supported")
@access.public
@cached(queries_public.idea_version)
def supported(code: str) -> str:
    """Shown to a device that supports an idea already: the support can be taken back."""
    shown = queries_public.public_idea(session(), code)
    return render_template("boards/supported.html", idea=shown)


@blueprint.route("/follow/<code>/idea", methods=["GET", "POST"])
@access.follow_code
@access.takes_files(LARGEST_BODY)
def change(code: str) -> Response | tuple[str, int]:
    """Change an idea that is not shown yet, or one that was sent back."""
    holder = holder_of(code)
    follow = follow_path(printed_code(holder), i18n.language())
    shown = queries.followed_idea(session(), holder)
    form = IdeaForm(posted_with_files(), data=_given(shown))
    if request.method == "POST":
        transaction.begin_anew()
        form.take_picture(house().files)
        shown = queries.followed_idea_locked(session(), holder_of(code))
    if shown.comment_on_id is not None:
        raise NotFound
    if shown.contribution.state in ON_DUTY:
        # Its text is read by the duty officer alone; the follow page says so.
        return redirect(follow)
    form.keep_picture(house().files, operations.picture_of(shown))
    form.offer_columns(shown.board)
    if sent(form):
        try:
            operations.change_idea(session(), shown, form.draft())
            return redirect(f"{follow}?just=changed")
        except DomainError as error:
            form.refuse(error)
    return render_form(
        "boards/change.html", form, idea=shown, can_change=rules.can_change(shown), follow=follow
    )


@blueprint.get("/boards/ideas/<code>/picture/<any(full, small):size>")
@access.public
def picture(code: str, size: str) -> Response:
    """The picture of a published idea."""
    response = sent_picture(queries_public.public_picture(session(), code, size))
    # Whoever has seen it may keep it a while; nobody keeps it for others, since it can be taken back.
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@blueprint.get("/follow/<code>/idea/picture/<any(full, small):size>")
@access.follow_code
def own_picture(code: str, size: str) -> Response:
    """The picture of an idea for its writer, shown or not."""
    shown = queries.followed_idea(session(), holder_of(code))
    if shown.contribution.state in ON_DUTY:
        raise NotFound
    return sent_picture(picturing.address(shown, size))


def writing(shown: Board) -> dict[str, object]:
    """What the page of the form shows beside it."""
    return {
        "board": shown,
        "takes_ideas": rules.takes_ideas(shown, clock.now()),
        "takes_support": rules.takes_support(shown, clock.now()),
        "terms": TERMS[shown.wall],
        "via": _via(),
        "read_by": rules.read_by(clock.now()),
    }


def _given(idea: Idea) -> dict[str, object]:
    """What was given, as the form has it."""
    return {
        "column": idea.column_id,
        "title": idea.title,
        "text": idea.text,
        "place": idea.place,
        "picture_words": idea.picture_words,
        "video_url": idea.video_url,
        "language": idea.contribution.language,
    }


def _asked_column(shown: Board) -> int | None:
    """The prompt that the address names, if it is one of the board's."""
    asked = request.args.get("column", type=int)
    return asked if asked in {column.id for column in shown.columns} else None


def _asked_sort() -> Sort:
    """The order that the address names, else the newest first."""
    asked = request.args.get("sort")
    return Sort(asked) if asked in {sort.value for sort in Sort} else Sort.NEWEST


def _via() -> Channel | None:
    """That somebody came by a poster, whose address says so; the form passes it on."""
    return Channel.POSTER if request.args.get("via") == Channel.POSTER else None


def _wants_number() -> bool:
    """Whether the script asks, which only needs to know the new number."""
    return request.accept_mimetypes.best == "text/plain"


def _page_before(code: str) -> str:
    """The page on which support was given: the idea's own, or the board or what was found there at the place where
    one was."""
    board_code = queries_public.public_idea(session(), code).board.code
    home = url_for("boards.board", code=board_code)
    before = security.split(request.referrer or "")
    if before.path in {home, url_for("boards.search", code=board_code), url_for("boards.idea", code=code)}:
        return f"{before.path}?{before.query}" if before.query else before.path
    return home

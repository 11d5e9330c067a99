"""A board on the wall of a hall."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dialogue.base import clock, i18n, live, qr
from dialogue.boards import news, projector, queries_desk, queries_live, queries_public, rules, wording
from dialogue.boards.models import Board
from dialogue.config import settings
from dialogue.dialogues.models import DialogueState
from dialogue.web import access
from dialogue.web.house import actor
from dialogue.web.permissions import Permission
from dialogue.web.transaction import session

blueprint = Blueprint("projector", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/desk/boards/<code>/projector")
@access.staff(Permission.FACILITATE)
def link(code: str) -> str:
    """Where whoever leads a meeting gets the link for the hall's machine."""
    shown = queries_desk.desk_board(session(), actor(), code, Permission.FACILITATE)
    path = ""
    if shown.dialogue.state is not DialogueState.DRAFT:
        path = url_for("projector.wall", token=projector.token_for(shown))
    return render_template(
        "boards/desk/projector.html",
        board=shown,
        link=path,
        address=f"{settings().public_url}{path}",
        until=projector.until(),
        may_manage=actor().may(Permission.VIEW_DIALOGUE, shown.dialogue.scope()),
    )


@dataclass(frozen=True)
class Asked:
    """What is chosen on the wall, as it stands in its address."""

    token: str
    column_id: int | None
    dark: bool

    def address(self, *, idea: str | None = None, **chosen: int | bool | None) -> str:
        """The same wall with something chosen otherwise; only one idea when it is named."""
        column = chosen.get("column_id", self.column_id)
        dark = 1 if chosen.get("dark", self.dark) else None
        return url_for("projector.wall", token=self.token, column=column, dark=dark, idea=idea)


@blueprint.get("/projector/<token>")
@access.mail_link
def wall(token: str) -> Response | str | tuple[str, int]:
    """The wall: the newest ideas of a board or one of its prompts, or one idea by itself."""
    code = projector.board_code(token)
    if code is None:
        hours = int(projector.VALID_FOR.total_seconds()) // 3600
        return render_template("boards/projector_ended.html", hours=hours), 410
    shown, now = queries_public.public_board(session(), code), clock.now()
    asked = Asked(token, _asked_column(shown), bool(request.args.get("dark")))
    # Before what is on it, as on the board's own page.
    told_up_to = live.position(session(), news.stream_of(shown.id))
    ideas = queries_live.newest(session(), shown, asked.column_id)
    codes = [idea.contribution.code for idea in ideas]
    wanted = request.args.get("idea")
    if wanted and wanted not in codes:
        return redirect(asked.address())
    place = codes.index(wanted) if wanted else -1
    address = f"{settings().public_url}/{i18n.language()}/boards/{code}"
    return render_template(
        "boards/projector.html",
        board=shown,
        asked=asked,
        ideas=ideas,
        one=ideas[place] if wanted else None,
        number=place + 1,
        before=codes[place - 1] if wanted and place > 0 else None,
        after=codes[place + 1] if wanted and place + 1 < len(codes) else None,
        told_up_to=told_up_to,
        address=address,
        qr=qr.data_uri(address),
        is_open=rules.takes_ideas(shown, now),
        is_revealed=rules.is_revealed(shown),
        stage_line=wording.stage_line(shown, now),
        colour_scheme="dark" if asked.dark else None,
    )


def _asked_column(shown: Board) -> int | None:
    asked = request.args.get("column", type=int)
    return asked if asked in {column.id for column in shown.columns} else None

"""What the open pages of a board are told."""

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from dialogue.base.errors import NotFound
from dialogue.boards import live, news, queries_live
from dialogue.web import access
from dialogue.web.live import RELOAD, Told, asked_since, stream
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("boards_live", __name__, url_prefix="/<lang:lang>/boards/<code>/live")


@blueprint.get("")
@access.public
def follow(code: str) -> Response:
    """A board's changes as they happen, from the number that the page was made at or that was come to last."""
    board_id, _version, upto = _version_of(session(), code)
    look = request.args.get("look", "board")
    if look not in live.LOOKS:
        raise NotFound

    def message(reading: Session, since: int, last: int) -> str | None:
        return live.message(reading, code, look, since, last)

    return stream(Told(news.stream_of(board_id), look, message), upto)


@blueprint.get("/changes")
@access.public
@cached(queries_live.version, "since", "look", mimetype="application/json")
def changes(code: str) -> str:
    """The same for who asks now and then, where no connection can be held."""
    _board_id, _version, upto = _version_of(session(), code)
    since, look = asked_since(), request.args.get("look", "board")
    if look not in live.LOOKS:
        raise NotFound
    found = None if since is None else live.message(session(), code, look, since, upto)
    return found if found is not None else f'{{"upto":{upto},"{RELOAD}":true}}'


def _version_of(reading: Session, code: str) -> tuple[int, int, int]:
    found = queries_live.version(reading, code)
    if found is None:
        raise NotFound
    return found

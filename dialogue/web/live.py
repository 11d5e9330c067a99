"""Pages that stay up to date while they are open: server-sent events.

Each message says how things are now, not what was done, and carries the number of the last event it holds. A page
says which number it was made at, a browser that comes back which it had come to, and gets what has changed since.
Where no connection can be held, the script asks for the same messages now and then.
"""

import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dialogue.base import i18n
from dialogue.base.errors import NotFound
from dialogue.base.i18n import speaking
from dialogue.web.transaction import close, house

if TYPE_CHECKING:
    from dialogue.web.house import House

# A connection that is gone is noticed only when something is sent over it, on both sides.
SECONDS_BETWEEN_BEATS = 10
BEAT = b"event: beat\ndata: 1\n\n"
# What must be read anew as a whole: too much has happened, or it is not known any more.
RELOAD = "reload"
# Browsers come back after so many milliseconds, not all of them at once.
COME_BACK = (2000, 6000)
MOST_KEPT = 256

Message = Callable[[Session, int, int], str | None]
"""(session, since, upto) -> what has changed after one number up to another, in one line; None when all of the
page must be read anew. Raises NotFound when there is nothing more to see."""


@dataclass(frozen=True)
class Told:
    """Where to find what is told: a stream, and how what is told of it looks."""

    stream: str
    look: str
    message: Message


class Messages:
    """What was made lately in this process, so that it is made once for all who want the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under this key, else what is made; who wants the same meanwhile waits for it."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = make()
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return found

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()


def asked_since() -> int | None:
    """The number that who asks has come to: a browser that comes back says it in a header; None when it says
    none that can be read."""
    said = request.headers.get("Last-Event-ID") or request.args.get("since", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None


def stream(told: Told, upto: int) -> Response:
    """The stream's messages as they come, beginning with what happened after the number that was asked for; a plain
    refusal when this process can hold no more connections."""
    asked = asked_since()
    since = upto if asked is None else asked
    application = house()
    hub = application.hub
    if not hub.join(told.stream, upto):
        return Response("No room.\n", 429, {"Retry-After": "60"}, mimetype="text/plain")
    # Whoever only listens holds no connection to the database.
    close()
    # It is sent when this request, and what belongs to it, has ended.
    messages = _messages(application, i18n.language(), told, since, upto)
    response = Response(messages, mimetype="text/event-stream")
    response.call_on_close(lambda: hub.leave(told.stream))
    # For proxies that would otherwise gather what is sent.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Cache-Control"] = "no-store, no-transform"
    return response


def _messages(application: "House", language: str, told: Told, since: int, upto: int) -> Iterator[bytes]:
    def made(after: int, last: int) -> bytes:
        with (
            application.test_request_context(f"/{language}/"),
            speaking(language),
            application.database.reading() as session,
        ):
            return as_event(told.message(session, after, last), last)

    def told_all() -> Iterator[bytes]:
        at, last = since, upto
        pause = random.randint(*COME_BACK)  # noqa: S311 - no secret
        yield f"retry: {pause}\n".encode() + BEAT
        while True:
            if last != at:
                key = (told.stream, told.look, language, at, last)
                yield application.messages.get(key, lambda at=at, last=last: made(at, last))  # type: ignore[misc]
                at = last
            moved = application.hub.wait(told.stream, at, SECONDS_BETWEEN_BEATS)
            if moved is None:
                return
            # The reader may not have come yet to what was read when this began.
            last = max(moved, at)
            if last == at:
                yield BEAT

    try:
        yield from told_all()
    except (NotFound, DBAPIError):
        # The browser comes back, and is then told what is the matter.
        return


def as_event(message: str | None, number: int) -> bytes:
    """A message as it is sent; its number is what a browser that comes back says it had come to."""
    kind, data = (RELOAD, "1") if message is None else ("changes", message)
    return f"id: {number}\nevent: {kind}\ndata: {data}\n\n".encode()

"""The page cache: a public page is rendered once for each language and version, and kept compressed.

The version comes from one statement; the operations that change what is public raise it. What depends on
the time of day (a deadline that passes) is at most ``LONGEST`` seconds late on the page; the operations
check the time themselves.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, g, request

from dialogue.base import i18n, tokens
from dialogue.base.errors import NotFound
from dialogue.web.transaction import house, session

LONGEST = 30
MOST_BYTES = 16 * 1024 * 1024
# Stands in a kept page where each visitor gets a submission key of their own.
KEY_SLOT = "submission-key-goes-here"

Version = Callable[..., Hashable | None]


@dataclass(frozen=True)
class Page:
    """A rendered page, ready to be sent."""

    body: bytes
    compressed: bytes
    etag: str
    has_form: bool
    made_at: float
    mimetype: str = "text/html"


class PageCache:
    """The pages one process keeps, the least recently used given up first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Page | None:
        """The page, unless it has grown too old."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or time.monotonic() - page.made_at > LONGEST:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, html: str, mimetype: str = "text/html") -> Page:
        """Keep a page that was just rendered."""
        body = html.encode()
        page = Page(
            body=body,
            compressed=gzip.compress(body, 6, mtime=0),
            etag=hashlib.sha256(body).hexdigest()[:24],
            has_form=KEY_SLOT in html,
            made_at=time.monotonic(),
            mimetype=mimetype,
        )
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes += _weight(page) - (_weight(old) if old else 0)
            self._pages[key] = page
            while self._bytes > MOST_BYTES:
                self._bytes -= _weight(self._pages.popitem(last=False)[1])
        return page

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


def _weight(page: Page) -> int:
    return len(page.body) + len(page.compressed)


def cached(
    version: Version, *names: str, mimetype: str = "text/html"
) -> Callable[[Callable[..., str]], Callable[..., Response]]:
    """Serve a public GET from the page cache.

    ``version(session, **arguments)`` reads in one statement what the page's content hangs on; None means
    that there is no such thing to show (NotFound). ``names`` are those of the query that the view reads;
    whatever else an address carries, such as the marks of those who pass it on, leads to the same kept page.
    The view itself returns the page as text.
    """

    def decorate(view: Callable[..., str]) -> Callable[..., Response]:
        @wraps(view)
        def serve(**arguments: Any) -> Response:
            current = version(session(), **arguments)
            if current is None:
                raise NotFound
            g.query = {name: request.args[name] for name in names if name in request.args}
            query = tuple(g.query.items())
            key = (request.endpoint, i18n.language(), tuple(sorted(arguments.items())), query, current)
            cache = house().pages
            page = cache.get(key)
            if page is None:
                g.cached_page = True
                page = cache.put(key, view(**arguments), mimetype)
            return _with_own_key(page) if page.has_form else _as_kept(page)

        return serve

    return decorate


def submission_key() -> str:
    """For templates: a key of this page load; in a page that is kept, the slot for it."""
    return KEY_SLOT if g.get("cached_page") else tokens.new_token()


def _as_kept(page: Page) -> Response:
    if request.headers.get("If-None-Match") == f'"{page.etag}"':
        response = Response(status=304)
    else:
        response = (
            _compressed(page.compressed, page.mimetype)
            if _accepts_gzip()
            else Response(page.body, mimetype=page.mimetype)
        )
    response.headers["ETag"] = f'"{page.etag}"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _with_own_key(page: Page) -> Response:
    body = page.body.replace(KEY_SLOT.encode(), tokens.new_token().encode())
    response = (
        _compressed(gzip.compress(body, 1)) if _accepts_gzip() else Response(body, mimetype="text/html")
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _compressed(body: bytes, mimetype: str = "text/html") -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _accepts_gzip() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")

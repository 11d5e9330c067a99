"""What the bench measures beside the product, under the very same server.

``python -m bench.serve hello PORT`` serves a bare Flask page, ``python -m bench.serve anew PORT`` the product
without its page cache. The product itself is served by ``dialogue serve``.
"""

import sys
from collections.abc import Hashable

from flask import Flask

from dialogue import server
from dialogue.app import create_app
from dialogue.config import Settings
from dialogue.web.pagecache import Page, PageCache

WORKERS = 2


class KeepsNothing(PageCache):
    """A page cache in which no page is ever found."""

    def get(self, _key: Hashable) -> Page | None:
        return None


def serve_hello(port: int) -> None:
    """Serve the least that Flask can."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello")
    server.Server(app, server.options("127.0.0.1", port, WORKERS, Settings().threads)).run()


def serve_anew(port: int) -> None:
    """Serve the product with every page made anew."""
    house = create_app()
    house.pages = KeepsNothing()
    server.run(house, "127.0.0.1", port, WORKERS)


if __name__ == "__main__":
    {"hello": serve_hello, "anew": serve_anew}[sys.argv[1]](int(sys.argv[2]))

"""One person's browser without script, over real HTTP."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.support.client import SAME_SITE, filled_in

HEADERS = {**SAME_SITE, "Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Visitor:
    """Opens pages and sends their forms; keeps its connection as browsers do, and opens a new one if it broke."""

    port: int
    cookie: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None)

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, values: dict[str, object]) -> http.client.HTTPResponse:
        return self._ask("POST", path, urlencode(values, doseq=True), {})

    def form(self, path: str) -> dict[str, object]:
        """What the form of a page would send as it stands."""
        answer = self.get(path)
        page = BeautifulSoup(answer.body, "html.parser")  # type: ignore[attr-defined]
        form = page.select_one("main form[method=post]")
        assert form is not None, f"{path}: {answer.status}"
        return filled_in(form)

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {**HEADERS, **headers, **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            self._connection.request(method, path, body, sent)
            answer = self._connection.getresponse()
            answer.body = answer.read()  # type: ignore[attr-defined]
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        return answer

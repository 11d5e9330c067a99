"""A browser without script: it follows links and sends forms as they stand on the page."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from dialogue.people import operations as people
from dialogue.people.models import User
from dialogue.web.house import House
from tests.support.laws import check_page

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Page:
    """What came back, read as a person would."""

    response: TestResponse
    path: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.text, "html.parser")

    @property
    def text(self) -> str:
        """The visible words, with single spaces."""
        shown = self.html
        for hidden in shown(["script", "style", "template"]):
            hidden.decompose()
        return re.sub(r"\s+", " ", shown.get_text(" ")).strip()

    @property
    def heading(self) -> str:
        found = self.html.h1
        return " ".join(found.get_text(" ").split()) if found else ""

    def link(self, words: str) -> str:
        """The address of the link with these words."""
        for anchor in self.html.find_all("a", href=True):
            if words in " ".join(anchor.get_text(" ").split()):
                return str(anchor["href"])
        raise AssertionError(f"no link “{words}” on {self.path}: {self.text[:500]}")

    def form(self, action: str = "") -> Tag:
        """The form whose action ends with this, else contains it; the page's first form without."""
        main = self.html.find("main") or self.html
        forms = [form for form in main.find_all("form") if str(form.get("method", "get")).lower() == "post"]
        for fits in (str.endswith, str.__contains__):
            for form in forms:
                if fits(str(form.get("action", "")), action):
                    return form
        raise AssertionError(f"no form to “{action}” on {self.path}: {self.text[:500]}")

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        summary = self.html.select_one(".ds-error-summary")
        return [" ".join(item.get_text(" ").split()) for item in summary.find_all("li")] if summary else []


class Client:
    """One browser: cookies of its own, same-site headers, redirects followed unless told otherwise."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.browser = house.test_client()

    def sign_in(self, user: User) -> "Client":
        """Be this person from here on."""
        with self.house.database.writing() as session:
            token = people.sign_in(session, session.merge(user))
        with self.browser.session_transaction() as cookie:
            cookie["token"] = token
        return self

    def get(self, path: str, *, follow: bool = True) -> Page:
        response = self.browser.get(path, follow_redirects=follow, headers=SAME_SITE)
        return self._seen(response)

    def post(self, path: str, values: dict[str, object] | None = None, *, follow: bool = True) -> Page:
        """Send these values as they are, with no page before."""
        response = self.browser.post(path, data=values or {}, follow_redirects=follow, headers=SAME_SITE)
        return self._seen(response)

    def _seen(self, response: TestResponse) -> Page:
        page = Page(response, response.request.path)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check_page(page.html, page.path)
        return page

    def send(
        self, page: Page, values: dict[str, object] | None = None, *, action: str = "", follow: bool = True
    ) -> Page:
        """Fill in a form of the page and send it; what is not named keeps what the page had in it.

        A value of None leaves a field out, a list sends it several times. A form that asks first is answered
        with a yes, unless ``confirmed`` says otherwise.
        """
        form = page.form(action)
        filled: dict[str, object] = filled_in(form)
        filled.update(values or {})
        if "confirm_question" in filled:
            filled.setdefault("confirmed", "yes")
        target = urljoin(page.path, str(form.get("action") or page.path))
        parts = urlsplit(target)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return self.post(
            path, {name: value for name, value in filled.items() if value is not None}, follow=follow
        )


def filled_in(form: Tag) -> dict[str, object]:
    """What a form would send as it stands."""
    values: dict[str, object] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or field.has_attr("disabled"):
            continue
        if field.name == "textarea":
            values[name] = field.text.removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            values[name] = chosen.get("value", chosen.text) if chosen else ""
        elif field.get("type") in {"radio", "checkbox"}:
            if field.has_attr("checked"):
                before = values.get(name)
                value = field.get("value", "on")
                values[name] = (
                    value if before is None else [*(before if isinstance(before, list) else [before]), value]
                )
        elif field.get("type") != "submit":
            values[name] = field.get("value", "")
    return values

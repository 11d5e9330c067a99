"""Finds one page of every kind, by following links as each of the demo's people does."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import APIResponse, Browser, BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

from tests.support.client import filled_in

RESIDENT = ""
# In this order: a kind of page is looked at as the first who comes to it.
PEOPLE = (RESIDENT, "police", "partner", "facilitator", "leader", "admin")

# Addresses that answer with no page, each with its reason.
NO_PAGES = {
    "action_files.open_at_desk": "a file",
    "action_files.open_by_link": "a file",
    "action_files.public": "a file",
    "briefs.pdf": "a file; the round reads it",
    "briefs.docx": "a file",
    "boards.own_picture": "a picture",
    "boards.picture": "a picture",
    "boards_live.changes": "for the script",
    "boards_live.follow": "for the script; never ends",
    "card_typing.picture": "a picture",
    "dialogues.qr": "a picture",
    "duty.picture": "a picture",
    "exporting.file": "a file",
    "helping.calendar_file": "a file for the reader's calendar",
    "meetings.calendar_file": "a file for the reader's calendar",
    "moderation.picture": "a picture",
    "moderation_log.as_csv": "a file",
    "overview.choose_language": "sends the visitor on to their language",
    "posters.short_link": "sends the visitor on to the poster's page",
    "posters_desk.qr_code": "a picture",
    "reporting.dialogue_feed": "read by feed readers",
    "reporting.district_feed": "read by feed readers",
    "reporting.municipality_feed": "read by feed readers",
    "survey_links.qr": "a picture",
    "surveys.short_link": "sends the visitor on to the survey",
}
# How many pages of a kind each person opens in search of links.
OPENED_OF_A_KIND = 5


@dataclass(frozen=True)
class Sight:
    """One page of a kind, and who sees it."""

    endpoint: str
    path: str
    who: str

    def in_language(self, language: str) -> str:
        """Its address in a language."""
        return re.sub(r"^/\w\w(?=/|$)", f"/{language}", self.path)


def explore(browser: Browser, address: str, urls: Map, most: int, from_mails: Sequence[str]) -> list[Sight]:
    """Pages of every kind that the demo's people come to, at most so many of each kind. ``from_mails`` are
    addresses that residents come to by what their mail program shows around a mail."""
    found: list[Sight] = []
    for who in PEOPLE:
        context = browser.new_context(base_url=address)
        if who:
            sign_in(context, who)
        doors = _doors(context, who)
        for sight in _walk(context, urls, who, doors if who else [*doors, *from_mails]):
            if sum(sight.endpoint == other.endpoint for other in found) < most:
                found.append(sight)
        context.close()
    return found


def pages_of(urls: Map) -> set[str]:
    """Every kind of page that there is."""
    return {
        rule.endpoint
        for rule in urls.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES
    }


def sign_in(context: BrowserContext, who: str) -> None:
    """Be one of the demo's people."""
    answer = context.request.post(
        f"/nb/demo/sign-in/{who}", headers={"Sec-Fetch-Site": "same-origin"}, max_redirects=0
    )
    assert answer.status == 302, answer.status


def send(context: BrowserContext, path: str, values: dict[str, str]) -> APIResponse:
    """Fill in the first form of a page that has these fields, and send it."""
    html = BeautifulSoup(context.request.get(path).text(), "html.parser")
    form = next(
        form for form in html.select("main form") if all(form.find(attrs={"name": name}) for name in values)
    )
    filled = {name: str(value) for name, value in filled_in(form).items()} | values
    target = urljoin(path, str(form.get("action") or path))
    return context.request.post(target, form=filled, headers={"Sec-Fetch-Site": "same-origin"})


def _doors(context: BrowserContext, who: str) -> list[str]:
    """Where somebody begins, beside the pages that are linked from there."""
    if who:
        return ["/nb/desk", "/nb/desk/account"]
    send(context, "/nb/sign-in/link", {"email": "police@demo.example"})
    told = ("actions/link-sent", "actions/handed-over")
    places = ("", "follow", "sign-in", "sign-in/link", *told, "demo/tasks", "demo/mailbox")
    return [f"/nb/{place}" for place in places]


def _walk(context: BrowserContext, urls: Map, who: str, doors: Sequence[str]) -> Iterator[Sight]:
    """Every page that somebody can reach, the nearest first."""
    matcher = urls.bind("127.0.0.1")
    ahead, opened = deque(doors), Counter[str]()
    seen = set(ahead)
    while ahead:
        path = ahead.popleft()
        endpoint = _endpoint(matcher, path)
        if endpoint is None or endpoint in NO_PAGES or opened[endpoint] >= _most_opened(endpoint):
            continue
        answer = context.request.get(path)
        landed = urlsplit(answer.url).path
        if answer.status != 200 or _endpoint(matcher, landed) != endpoint:
            # Who has only one place to look after is sent on to it.
            if answer.status == 200 and landed not in seen:
                seen.add(landed)
                ahead.append(landed)
            continue
        yield Sight(endpoint, path, who)
        opened[endpoint] += 1
        further = _give(context, who, endpoint, path) if opened[endpoint] == 1 else []
        new = [one for one in (*further, *_links(path, answer.text())) if one not in seen]
        seen.update(new)
        ahead.extend(new)


def _links(path: str, html: str) -> Iterator[str]:
    """The bokmål pages of this site that a page links to."""
    for link in re.findall(r'<a\s[^>]*?href="([^"]+)"', html):
        target = urlsplit(urljoin(path, unescape(link)))
        # Mails of the demo's past were written before this server had its port, so only the host counts.
        if target.hostname in {None, "127.0.0.1"} and target.path.startswith("/nb/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def _most_opened(endpoint: str) -> int:
    # Mails hold links that stand nowhere else.
    return 60 if endpoint == "demo.mail" else OPENED_OF_A_KIND


def _give(context: BrowserContext, who: str, endpoint: str, path: str) -> list[str]:
    """What is done on the first page of a kind, and the addresses that are reached by that alone."""
    match who, endpoint:
        case _, "helping_desk.new" | "helping_links.new":
            words = {f"{field}-{code}": "Ved stranda" for field in ("what", "place") for code in ("nb", "nn")}
            return [urlsplit(send(context, path, words).url).path + "?said=asked"]
        case "facilitator", "groups.group":
            send(context, path, {"notes": "Flere benker ved stranda"})
            return [link for link in _links(path, context.request.get(path).text()) if "/notes/" in link]
        case "", _:
            return _give_as_resident(context, endpoint, path)
        case "police", _:
            return _give_as_police(context, endpoint, path)
    return []


def _give_as_resident(context: BrowserContext, endpoint: str, path: str) -> list[str]:
    email = {"email": "resident@example.org"}
    match endpoint:
        case "boards.write":
            page = BeautifulSoup(context.request.get(path).text(), "html.parser")
            column = page.select("main form [name=column]")[0]["value"]
            words = {"column": str(column), "title": "En benk", "text": "Ved stien."}
            follow = urlsplit(send(context, path, words).url).path
            send(context, follow, email)
            return [follow]
        case "comments.write":
            follow = urlsplit(send(context, path, {"text": "Det er jeg enig i."}).url).path
            return [f"{follow}/comment"]
        case "meetings.sign_up":
            return [urlsplit(send(context, path, {"name": "Kari", "needs": "", **email}).url).path]
        case "surveys.form" | "helped.ask":
            return [f"{path}/thanks"]
        case "boards.board" | "boards.idea":
            last = "search?q=lys" if endpoint == "boards.board" else "supported"
            return [f"{urlsplit(path).path}/{last}"]
    return []


def _give_as_police(context: BrowserContext, endpoint: str, path: str) -> list[str]:
    match endpoint:
        case "posters_desk.new":
            words = {"place-nb": "Kiosken", "place-nn": "Kiosken"}
            return [urlsplit(send(context, path, words).url).path]
        case "briefs.send":
            page = BeautifulSoup(context.request.get(path).text(), "html.parser")
            body = page.select_one('main form [name^="to-"]')
            why = {"left_out": "Det kom sent."} if page.select_one("[name=left_out]") else {}
            if body is not None:
                send(context, path, {str(body["name"]): "y", "language": "nb", **why})
        case "work.listed":
            send(context, "/nb/desk/actions?late=yes", {"name": "Forsinket"})
            return ["/nb/desk/actions/filters", "/nb/desk/actions/filters/new"]
        case "dialogues.dialogue":
            return [f"{path}/publish", f"{path}/posters"]
        case "moderation.of_board":
            send(context, path, {"board": path.split("/")[-2]})
            return ["/nb/desk/reading"]
        case "briefs.frozen":
            # The brief leads there only when a theme has more sources than its annex can hold.
            return [f"{path}/sources/1"]
    return []


def _endpoint(matcher: object, path: str) -> str | None:
    try:
        endpoint, _arguments = matcher.match(urlsplit(path).path, method="GET")  # type: ignore[attr-defined]
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)

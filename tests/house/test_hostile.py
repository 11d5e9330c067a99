"""What nobody types and a bored sixteen-year-old sends: every form of the house gives a clear answer to it."""

from datetime import timedelta
from itertools import cycle

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from dialogue.base import clock
from dialogue.base.outbox import OutboxMail
from dialogue.web.permissions import Role
from tests.house.world import Place, signed_in
from tests.support.client import filled_in

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
FIELDS = ("input", "select", "textarea")
KEPT = {"csrf_token", "confirmed"}
HOSTILE = {
    "nothing": "",
    "a letter that PostgreSQL refuses": "a\0b",
    "a number beyond every column": "99999999999999999999999999",
    "the largest key and one": "2147483648",
    "a negative number": "-1",
    "not a number": "NaN",
    "other people's digits": "٣٤٥",
    "the first year": "0001-01-01",
    "the last year": "9999-12-31",
    "the last minute": "9999-12-31T23:59",
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "a template": "{{ 7*7 }}{% raise %}%(name)s%s%n",
    "a formula": '=HYPERLINK("http://evil.example")',
    "letters that turn the line": "\u202egnp.exe\u2066\u200b\ufeff",
    "line ends": "a\r\nBcc: x@evil.example\r\n\r\nb\u2028c\x0bd",
    "a path": "../../etc/passwd",
    "much": "word " * 2_000,
    "one long word": "x" * 10_000,
    "many accents": "e" + "\u0301" * 2_000,
    "a lone emoji": "👩\u200d👩\u200d👧\u200d👦",
}
# What single fields get in turn, two each, since all of it for each of them would take long.
FEW = (
    "a number beyond every column",
    "the first year",
    "the last year",
    "the last minute",
    "markup",
    "line ends",
    "one long word",
)
PLAUSIBLE = {
    "date": (clock.today() + timedelta(20)).isoformat(),
    "datetime-local": f"{clock.today() + timedelta(5)}T12:00",
    "time": "18:00",
    "number": "3",
    "url": "https://example.org/",
    "password": "a sentence that is long enough",
}
QUERY = [
    "page",
    "column",
    "sort",
    "theme",
    "collector",
    "q",
    "kind",
    "in",
    "step",
    "whose",
    "state",
    "owner",
    "dialogue",
    "municipality",
    "goal",
    "late",
    "within",
    "on",
    "words",
    "seen",
    "month",
    "label",
    "channel",
    "language",
    "new",
    "just",
    "told",
    "next",
    "sent",
    "endpoint",
    "_external",
    "_scheme",
    "_method",
    "_anchor",
    "self",
    "lang",
    "code",
]
QUERY_VALUES = ("0", "-1", "99999999999999999999", "1e9", "", "2147483648", "<b>", "javascript", "%00", "%ff")
CODES = ("%00", "%ff%fe", "..%2f..", "x" * 3_000, "99999999999999999999", "%E2%80%AE", "[", "'--", "{{7*7}}")
MARK = "<i class=evil>x</i>"


@pytest.fixture
def place(make, house):
    return Place(make, house, "here")


@pytest.fixture
def keeper(house, make):
    """A browser that may do everything, and what its forms carry."""
    return signed_in(house, make.user(Role.ADMINISTRATOR))


@pytest.fixture
def no_limits(house, monkeypatch):
    monkeypatch.setattr(house.limits, "allows", lambda *_: True)


def routes(house, method):
    return sorted(
        (rule for rule in house.url_map.iter_rules() if method in (rule.methods or ())),
        key=lambda rule: rule.rule,
    )


def pages(house, place, browser):
    """Every page of the house, as this browser sees it."""
    for rule in routes(house, "GET"):
        answer = browser.get(place.address(rule), follow_redirects=True)
        if answer.mimetype == "text/html":
            yield answer.request.path, BeautifulSoup(answer.text, "html.parser")


def forms(house, place, browser):
    """(address, what somebody would send, the names of its fields) of every form of the house, each once."""
    found = {}
    for path, html in pages(house, place, browser):
        for form in html.find_all("form", method="post"):
            target = str(form.get("action") or path)
            names = frozenset(field["name"] for field in form.find_all(FIELDS) if field.get("name"))
            # Signing out would end the attack.
            if "sign-out" not in target:
                found[target, names] = (target, plausible(form), sorted(names - KEPT))
    return list(found.values())


def plausible(form):
    """What somebody would fill in, so that one hostile value is all that is wrong with it."""
    values = filled_in(form)
    for field in form.find_all(FIELDS):
        name, kind = field.get("name"), field.get("type", field.name)
        if not name or str(values.get(name, "")).strip("\n 0"):
            continue
        if kind == "radio":
            values[name] = field["value"]
        elif field.name == "select":
            values[name] = field.find_all("option")[-1].get("value", "")
        elif kind not in {"hidden", "checkbox", "submit"} and name != "successor":
            is_number = field.get("inputmode") == "numeric"
            is_address = "email" in name
            values[name] = PLAUSIBLE.get(
                kind, "3" if is_number else "somebody@example.org" if is_address else "Lights"
            )
    return values


def ask(browser, address, **options):
    """What an address answers; an exception is an answer too."""
    try:
        return browser.open(address, headers=SAME_SITE, **options).status_code
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:160]}"


def is_clear(status):
    return isinstance(status, int) and status < 500


@pytest.mark.usefixtures("nothing_is_kept", "no_limits")
def test_every_form_answers_hostile_values_clearly(house, place, keeper):
    browser, token = keeper
    wrong, tried, taken = [], 0, 0
    turns = cycle(FEW)
    for target, filled, names in forms(house, place, browser):
        filled |= {**token, "confirmed": "yes"}
        attacks = [("nothing wrong", filled)]
        attacks += [(what, filled | dict.fromkeys(names, value)) for what, value in HOSTILE.items()]
        for name in names:
            chosen = next(turns), next(turns)
            attacks += [(f"{name}: {what}", filled | {name: HOSTILE[what]}) for what in chosen]
            attacks.append((f"{name}: a list", filled | {name: ["1", "2", "<b>"]}))
            attacks.append((f"no {name}", {key: filled[key] for key in filled if key != name}))
        for what, values in attacks:
            status = ask(browser, target, method="POST", data=values)
            tried += 1
            taken += status == 302
            if not is_clear(status):
                wrong.append(f"{target} {what}: {status}")
    assert wrong == [], f"{len(wrong)} of {tried}\n" + "\n".join(wrong[:60])
    # Otherwise the forms were not filled in well enough to reach anything.
    assert tried > 2_000
    assert taken > tried / 4


@pytest.mark.usefixtures("nothing_is_kept", "no_limits")
def test_every_address_that_takes_a_form_answers_one_of_odd_fields_clearly(house, place, keeper):
    browser, token = keeper
    odd = dict.fromkeys(
        ("step", "theme", "chosen", "to", "status", "target", "queue", "revision", "done"), "x"
    )
    wrong = [
        f"{rule.rule}: {status}"
        for rule in routes(house, "POST")
        for values in (
            token,
            token | odd,
            token | {"step": "accept", "chosen": [MARK, "\0"], "done": "9" * 30},
        )
        if rule.endpoint != "people.sign_out"
        and not is_clear(status := ask(browser, place.address(rule), method="POST", data=values))
    ]
    assert wrong == [], "\n".join(wrong)


def test_every_address_answers_a_hostile_query_clearly(house, place, keeper):
    browser, _token = keeper
    wrong = []
    for rule in routes(house, "GET"):
        address = place.address(rule)
        for value in QUERY_VALUES:
            query = "&".join(f"{name}={value}" for name in QUERY)
            status = ask(browser, f"{address}?{query}")
            if not is_clear(status):
                wrong.append(f"{address} {value}: {status}")
    assert wrong == [], "\n".join(wrong[:60])


def test_every_address_answers_a_hostile_code_clearly(house, place, keeper):
    browser, token = keeper
    wrong = []
    for rule in house.url_map.iter_rules():
        first, *rest = rule.rule.replace("<lang:lang>", "en").split("<")
        for code in CODES if rest else ():
            address = first + "".join(code + part.split(">", 1)[1] for part in rest)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                status = ask(browser, address, method=method, data=token if method == "POST" else None)
                if not is_clear(status):
                    wrong.append(f"{method} {address[:80]}: {status}")
    assert wrong == [], "\n".join(wrong[:60])


@pytest.mark.usefixtures("no_limits")
def test_markup_that_anybody_wrote_stands_everywhere_as_it_was_written(house, place, keeper, read):
    browser, token = keeper
    written = 0
    for target, filled, names in forms(house, place, browser):
        free = {name for name in names if str(filled.get(name, "")).strip() and is_free(name, filled[name])}
        if free and "account" not in target:
            values = filled | dict.fromkeys(free, MARK) | token | {"confirmed": "yes", "send_anyway": "y"}
            written += ask(browser, target, method="POST", data=values) == 302
    assert written > 20
    stranger = house.test_client()
    shown = 0
    for visitor in (browser, stranger):
        for path, html in pages(house, place, visitor):
            assert html.find(class_="evil") is None, path
            shown += MARK in html.get_text()
    assert shown > 20
    mails = read(select(OutboxMail))
    assert mails
    for mail in mails:
        assert BeautifulSoup(mail.html, "html.parser").find(class_="evil") is None
        assert len(mail.subject.splitlines()) == 1


def is_free(name, value):
    """Whether a field takes words, as far as what stands in it tells."""
    return (
        isinstance(value, str)
        and ("(" in value or value == "Lights" or " " in value)
        and not name.startswith(("closes", "date", "email"))
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://["},
        {**SAME_SITE, "Referer": "http://["},
        {**SAME_SITE, "Referer": "http://localhost//evil.example/"},
        {**SAME_SITE, "Accept-Language": "x" * 5000 + ";q=NaN"},
        {**SAME_SITE, "If-None-Match": '"\x7f'},
        {**SAME_SITE, "Cookie": "dialogue=broken.\xff; device=\xff"},
    ],
)
def test_headers_that_are_none_are_answered_clearly(client, place, headers):
    for path in ("/en/follow", f"/en/boards/ideas/{place.codes['ideas']}/support", "/en/sign-in"):
        answer = client.browser.post(path, data={"confirm_question": "x", "code": "x"}, headers=headers)
        assert answer.status_code < 500
        assert "evil.example" not in answer.headers.get("Location", "")
        assert 'href="//' not in answer.text
        assert client.browser.get("/", headers=headers).status_code == 302


def test_a_form_with_very_many_fields_is_refused(client):
    answer = client.browser.post(
        "/en/follow",
        data="a=b&" * 2_000 + "confirm_question=x",
        headers=SAME_SITE,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413

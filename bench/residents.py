"""What residents do: open a page with a form, fill it in, send it, and be led on."""

import itertools
import re
import urllib.request
import zlib
from collections.abc import Callable
from urllib.parse import quote_plus, urlencode

from bs4 import BeautifulSoup, Tag

from bench import load
from bench.load import Answer, Flow

_KEY = re.compile(rb'name="submission_key" value="([^"]+)"')
_KEY_PLACE = "KEY-GOES-HERE"
_NUMBER_PLACE = "NUMBER-GOES-HERE"


class FormMissing(RuntimeError):
    """The page or its form is not there."""


def sending(path: str, port: int) -> Callable[[], Flow]:
    """People who each open the page at this path and send its form. Raises FormMissing.

    Every field is filled in as the page has it; each form is told from the others by its words.
    """
    filled = _filled_in(path, port)
    request = load.get(path)
    numbers = itertools.count(1)

    def send() -> Flow:
        page = yield request
        load.expect(page, 200, path)
        key = _KEY.search(_read(page))
        if key is None:
            raise load.UnexpectedAnswer(f"{path} has no submission key.")
        form = filled.replace(_KEY_PLACE, quote_plus(key[1].decode()))
        answer = yield load.post(path, form.replace(_NUMBER_PLACE, str(next(numbers))))
        load.expect(answer, 302, f"POST {path}")

    return send


def _read(page: Answer) -> bytes:
    return zlib.decompress(page.body, wbits=31) if b"encoding: gzip" in page.head.lower() else page.body


def _filled_in(path: str, port: int) -> str:
    address = f"http://127.0.0.1:{port}{path}"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            html = BeautifulSoup(answer.read(), "html.parser")
    except OSError as problem:
        raise FormMissing(f"{path}: {problem}") from problem
    form = html.select_one("main form[method=post]")
    if form is None:
        raise FormMissing(f"{path} has no form")
    values: dict[str, str] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        if field.get("name") not in values:
            values |= _value(field)
    return urlencode(values)


def _value(field: Tag) -> dict[str, str]:
    name, kind, given = str(field["name"]), field.get("type", ""), str(field.get("value", ""))
    if name == "submission_key":
        return {name: _KEY_PLACE}
    if kind == "number" or field.get("inputmode") == "numeric":
        return {name: str(field.get("min", "1"))}
    if kind in {"checkbox", "radio"}:
        return {} if name == "send_anyway" else {name: given}
    if kind in {"email", "hidden"}:
        return {name: given}
    return {name: f"Mer lys langs stien, {_NUMBER_PLACE}"}

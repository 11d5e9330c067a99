"""The laws that every page of the house keeps; checked on every page that any test looks at."""

from collections import Counter

from bs4 import BeautifulSoup, Tag

NEEDS_LABEL = ("input", "select", "textarea")
HAVE_NO_LABEL = {"hidden", "submit", "button", "reset"}


def check_page(html: BeautifulSoup, path: str) -> None:
    """Raise AssertionError with every law that the page breaks."""
    broken = [
        *_language(html),
        *_headings(html),
        *_ids(html),
        *_labels(html),
        *_inline(html),
        *_foreign(html),
        *_pictures(html),
        *_tokens(html),
    ]
    assert not broken, f"{path}:\n" + "\n".join(f"- {law}" for law in broken)


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _language(html: BeautifulSoup) -> list[str]:
    return (
        []
        if html.html and html.html.get("lang") in {"nb", "nn", "en"}
        else ["the page does not say its language"]
    )


def _headings(html: BeautifulSoup) -> list[str]:
    broken = []
    main = html.find_all("h1")
    if len(main) != 1:
        broken.append(f"{len(main)} main headings instead of one")
    title = _words(html.title)
    heading = _words(main[0]) if main else ""
    plain = title.removesuffix(" – Dialogue")
    if not plain.endswith(heading) or (plain != heading and not plain.endswith(f": {heading}")):
        broken.append(f"the title “{title}” is not the heading “{heading}”")
    before = 0
    for found in html.find_all(["h1", "h2", "h3", "h4", "h5"]):
        level = int(found.name[1])
        if level > before + 1 and before:
            broken.append(f"the heading “{_words(found)}” jumps from h{before} to h{level}")
        before = level
    return broken


def _ids(html: BeautifulSoup) -> list[str]:
    counts = Counter(str(tag["id"]) for tag in html.find_all(id=True))
    broken = [f"the id “{name}” stands {number} times" for name, number in counts.items() if number > 1]
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
        for tag in html.find_all(attrs={attribute: True}):
            value = tag[attribute]
            names = value if isinstance(value, list) else str(value).split()
            broken += [f"{attribute} “{name}” points at nothing" for name in names if name not in counts]
    return broken


def _labels(html: BeautifulSoup) -> list[str]:
    labelled = {str(label["for"]) for label in html.find_all("label", attrs={"for": True})}
    return [
        f"the field “{field.get('name')}” has no label"
        for field in html.find_all(NEEDS_LABEL)
        if field.get("type") not in HAVE_NO_LABEL
        and field.get("id") not in labelled
        and not field.get("aria-label")
        and not field.get("aria-labelledby")
        and field.find_parent("label") is None
    ]


def _inline(html: BeautifulSoup) -> list[str]:
    broken = [f"inline style on <{tag.name}>" for tag in html.find_all(style=True)]
    broken += ["a <style> element" for _ in html.find_all("style")]
    broken += ["an inline script" for tag in html.find_all("script") if not tag.get("src")]
    for tag in html.find_all(True):
        broken += [f"{name} on <{tag.name}>" for name in tag.attrs if name.startswith("on")]
    return broken


def _foreign(html: BeautifulSoup) -> list[str]:
    loaded = [(tag, "src") for tag in html.find_all(src=True)] + [
        (tag, "href") for tag in html.find_all("link")
    ]
    return [
        f"<{tag.name}> loads from another host: {tag[name]}"
        for tag, name in loaded
        if not str(tag[name]).startswith(("/", "data:")) or str(tag[name]).startswith("//")
    ]


def _pictures(html: BeautifulSoup) -> list[str]:
    broken = ["a picture without alternative text" for tag in html.find_all("img") if tag.get("alt") is None]
    broken += [
        "an SVG that neither is hidden nor has a name"
        for tag in html.find_all("svg")
        if tag.get("aria-hidden") != "true" and not tag.get("aria-label") and not tag.get("aria-labelledby")
    ]
    return broken


def _tokens(html: BeautifulSoup) -> list[str]:
    """On a page of the desk every form that changes something carries the token."""
    if html.body is None or "desk" not in (html.body.get("class") or []):
        return []
    return [
        f"the form to {form.get('action')} has no token"
        for form in html.find_all("form", method="post")
        if form.find("input", attrs={"name": "csrf_token"}) is None
        and not str(form.get("action")).startswith("/demo")
    ]

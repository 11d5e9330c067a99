"""Mails in words: one Markdown template per mail, its first line the subject, written in the receiver's language."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dialogue.base import i18n, plain_markdown
from dialogue.base.files import data_dir
from dialogue.base.outbox import Letter
from dialogue.base.text import markdown


@lru_cache
def _environment() -> Environment:
    # Autoescape is off on purpose: the templates are Markdown, and the HTML made of it passes the
    # allow-list of base.text.markdown.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(data_dir("templates") / "mail"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.globals.update(i18n.template_globals())
    environment.filters.update(
        tr=str,
        date=i18n.show_date,
        datetime=i18n.show_datetime,
        inline=lambda text: " ".join(str(text).split()),
    )
    return environment


def write(template: str, language: str, **values: object) -> Letter:
    """The mail of ``templates/mail/<template>.md`` in a language.

    Raises jinja2.UndefinedError when the template asks for a value that is not given.
    """
    with i18n.speaking(language):
        source = _environment().get_template(f"{template}.md").render(**values)
        first, body = source.strip().split("\n", 1)
        subject = " ".join(first.split())
        little = plain_markdown.html(body)
        html = _framed_little(subject, little) if little else _framed(subject, markdown(body))
        return Letter(subject, body.strip() + "\n", html, i18n.language())


def _framed(subject: str, body: str) -> str:
    """The whole mail, with the frame's style sheet written into the elements, as mail programs want it."""
    frame = _environment().get_template("_frame.html")
    return css_inline.inline(
        frame.render(subject=Markup.escape(subject), body=body, language=i18n.language())
    )


def _framed_little(subject: str, body: str) -> str:
    """The same for what ``plain_markdown`` made. It holds so few elements that their style is looked up rather
    than worked out for each of thousands of mails; the two give the same HTML, which a test holds."""
    frame = _frame(i18n.language())
    styled = body.replace("<h2>", frame.heading).replace(_LINK_ENDS, frame.link_ends)
    whole = f"{frame.before}{escape(subject, quote=False)}{frame.between}{styled}{frame.after}"
    return whole.replace("\N{NO-BREAK SPACE}", "&nbsp;")


@dataclass(frozen=True)
class _Frame:
    """What stands before, between and after a subject and a body, and how their elements begin, with style."""

    before: str
    between: str
    after: str
    heading: str
    link_ends: str


# A letter of no alphabet, which no frame holds.
_MARK = "\ue000"
_LINK_ENDS = ' rel="noopener noreferrer">'


@lru_cache
def _frame(_language: str) -> _Frame:
    sample = f"{_MARK}<h2>{_MARK}</h2>{_MARK}<a{_LINK_ENDS}{_MARK}</a>{_MARK}"
    before, between, heading, _end, link, _link_end, after = _framed(_MARK, sample).split(_MARK)
    return _Frame(before, between, after.removeprefix("</a>"), heading, link.removeprefix("<a"))

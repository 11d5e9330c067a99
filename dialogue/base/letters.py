"""Mails in words: one Markdown template per mail, its first line the subject, written in the receiver's language."""

from functools import lru_cache

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
        frame = _environment().get_template("_frame.html")
        read = plain_markdown.html(body) or markdown(body)
        html = frame.render(subject=Markup.escape(subject), body=read, language=i18n.language())
        return Letter(subject, body.strip() + "\n", css_inline.inline(html), i18n.language())

"""The three lines of each theme, written for all the themes of the page at once, in one language."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from sqlalchemy.orm import Session

from dialogue.base.i18n import Translated
from dialogue.briefs.content import MOST_THEMES
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries, themes
from dialogue.followup.models import Theme
from dialogue.web.permissions import Actor, Permission


@dataclass(frozen=True)
class Lines:
    """What people say, what we propose, and who, in one language."""

    says: str
    proposes: str
    who: str

    @property
    def mark(self) -> str:
        """What tells these lines from others."""
        return hashlib.sha256(json.dumps(list(vars(self).values())).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Written:
    """Lines as somebody wrote them, and the mark of those that stood there when that person began."""

    lines: Lines
    before: str


def of_page(session: Session, dialogue: Dialogue) -> list[Theme]:
    """The themes whose lines stand on the page."""
    return list(queries.themes_in(session, dialogue.id)[:MOST_THEMES])


def in_language(theme: Theme, language: str) -> Lines:
    """A theme's lines in one language, empty where there is none."""
    return Lines(
        theme.what_people_say.get(language), theme.what_we_propose.get(language), theme.who.get(language)
    )


def write(
    session: Session, actor: Actor, dialogue: Dialogue, language: str, written: Mapping[str, Written]
) -> dict[str, Lines]:
    """Write lines, by the code of their theme. What somebody else wrote in the same theme meanwhile is kept:
    the lines that stand there now are returned, and nothing is changed until their writer has seen them.

    Raises NotAllowed.
    """
    actor.require(Permission.CONDENSE, dialogue.scope())
    themes.take_turns(session, dialogue)
    changed = [
        theme
        for theme in of_page(session, dialogue)
        if (one := written.get(theme.code)) is not None and one.lines.mark != one.before
    ]
    for theme in changed:
        session.refresh(theme)
    overtaken = {
        theme.code: now
        for theme in changed
        if (now := in_language(theme, language)).mark
        not in (written[theme.code].before, written[theme.code].lines.mark)
    }
    if not overtaken:
        for theme in changed:
            words = _words(theme, language, written[theme.code].lines)
            themes.reword(session, actor, theme, theme.revision, words)
    return overtaken


def _words(theme: Theme, language: str, lines: Lines) -> themes.ThemeWords:
    words = {field.name: getattr(theme, field.name) for field in fields(themes.ThemeWords)}
    return replace(
        themes.ThemeWords(**words),
        what_people_say=_with(theme.what_people_say, language, lines.says),
        what_we_propose=_with(theme.what_we_propose, language, lines.proposes),
        who=_with(theme.who, language, lines.who),
    )


def _with(text: Translated, language: str, written: str) -> Translated:
    return Translated({**text.as_dict(), language: written})

"""The one-page decision brief: what it says now, what is missing, and versions that never change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.base import audit, clock
from dialogue.base.errors import Invalid
from dialogue.base.i18n import _, lazy, ngettext, number, show_date, speaking
from dialogue.base.text import shorten
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Dialogue
from dialogue.followup import queries
from dialogue.followup.models import Brief
from dialogue.followup.queries import ThemeStory
from dialogue.web.permissions import Actor, Permission

# More do not fit on one page, nor in one meeting.
MOST_THEMES = 7
LONGEST_CELL = 260


@dataclass(frozen=True)
class BriefPlan:
    """The brief of a dialogue as it stands now, in one language."""

    content: dict[str, Any]
    has_themes: bool


def plan(session: Session, dialogue: Dialogue, language: str) -> BriefPlan:
    """What the brief says now: for each theme what people say, what we propose and who, and what is missing."""
    stories = queries.stories(session, queries.themes_in(session, dialogue.id))
    unplaced = queries.count_unplaced(session, dialogue.id)
    with speaking(language):
        content = {
            "language": language,
            "heading": str(dialogue.title),
            "question": str(dialogue.question),
            "when": show_date(clock.today()),
            "foot": _("%(area)s, %(organiser)s", area=dialogue.area, organiser=dialogue.organiser.name),
            "themes": [_theme(story) for story in stories[:MOST_THEMES]],
            "missing": _missing(stories, unplaced),
        }
    return BriefPlan(content, bool(stories))


def freeze(
    session: Session, actor: Actor, dialogue: Dialogue, sent_to: str, content: dict[str, Any], pdf: str
) -> Brief:
    """Keep a version of the brief as it was sent to somebody; ``pdf`` is its address in the file store.

    Raises NotAllowed, Invalid when there is no theme to tell of.
    """
    actor.require(Permission.CONDENSE, dialogue.scope())
    if not content["themes"]:
        raise Invalid(lazy("Make at least one theme first."))
    last = session.scalar(select(func.max(Brief.number)).where(Brief.dialogue_id == dialogue.id)) or 0
    brief = Brief(
        dialogue=dialogue,
        number=last + 1,
        language=content["language"],
        sent_to=sent_to,
        frozen_at=clock.now(),
        content=content,
        pdf=pdf,
    )
    session.add(brief)
    session.flush()
    contributions.note_change(
        session, dialogue.id, ("brief", brief.id), ("", "frozen"), actor_id=actor.user_id, is_public=False
    )
    audit.record(session, actor.user_id, "freeze", "brief", brief.id, dialogue.id)
    return brief


def _theme(story: ThemeStory) -> dict[str, Any]:
    theme = story.theme
    channels = [f"{channel.label} {number(count)}" for channel, count in story.heard.items()]
    ideas = ngettext("%(num)s idea", "%(num)s ideas", story.total)
    return {
        "title": str(theme.title),
        "total": story.total,
        "heard": " · ".join([ideas, *channels]) if len(channels) > 1 else ideas,
        "says": shorten(str(theme.what_people_say), LONGEST_CELL),
        "proposes": shorten(str(theme.what_we_propose), LONGEST_CELL),
        "who": shorten(str(theme.who), 120),
    }


def _missing(stories: list[ThemeStory], unplaced: int) -> list[str]:
    found = []
    if unplaced:
        found.append(
            ngettext("%(num)s idea is not yet placed.", "%(num)s ideas are not yet placed.", unplaced)
        )
    if len(stories) > MOST_THEMES:
        rest = len(stories) - MOST_THEMES
        found.append(
            ngettext(
                "%(num)s more theme does not fit on the page.",
                "%(num)s more themes do not fit on the page.",
                rest,
            )
        )
    return found

"""What the brief says: the one page, and the annex in which every line of it is followed to its sources.

The content is plain data in one language, so that it can be frozen: the page, the PDF and the DOCX are all
made from it and from nothing else.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock
from dialogue.base.i18n import _, number, show_date, speaking
from dialogue.base.text import shorten
from dialogue.briefs import queries_quotes, rules, sources
from dialogue.briefs.models import Quote
from dialogue.briefs.sources import Said
from dialogue.dialogues.models import Contribution, ContributionState, Dialogue
from dialogue.followup import chain, queries
from dialogue.followup.models import LeftOut, Theme, ThemeContribution
from dialogue.goals.models import Goal
from dialogue.web import sources as declared

# More do not fit on one page, nor in one meeting.
MOST_THEMES = 7
LONGEST_CELL = 260
LONGEST_WHO = 120
MOST_REASONS = 20

Content = dict[str, Any]


def page(session: Session, dialogue: Dialogue, language: str) -> Content:
    """The one page: for each of the first seven themes what people say, what we propose and who."""
    themes = queries.themes_in(session, dialogue.id)
    counts = chain.gathered(session, [theme.id for theme in themes])
    outside = queries.not_placed(session, dialogue)
    with speaking(language):
        lines = [_line(place, theme, counts[theme.id]) for place, theme in enumerate(themes, 1)]
        return {
            "language": language,
            "heading": str(dialogue.title),
            "question": str(dialogue.question),
            "when": show_date(clock.today()),
            "foot": _("%(area)s, %(organiser)s", area=dialogue.area, organiser=dialogue.organiser.name),
            "themes": lines[:MOST_THEMES],
            "also": lines[MOST_THEMES:],
            "unplaced": outside.total,
            "not_taken_in": outside.outside,
            "left_out": "",
            "aside": _aside(session, dialogue.id) if outside.left_out else [],
        }


def whole(session: Session, dialogue: Dialogue, language: str, left_out: str = "") -> Content:
    """The page with its annex. ``left_out`` says why something lies in no theme."""
    content = page(session, dialogue, language)
    content["left_out"] = left_out
    themes = queries.themes_in(session, dialogue.id)
    ids = [theme.id for theme in themes]
    quotes = _quotes(session, ids)
    listed = sources.listed(session, ids)
    goals_by_id = _goals(session, themes)
    with speaking(language):
        for theme, line in zip(themes, [*content["themes"], *content["also"]], strict=True):
            own = listed.get(theme.id, [])
            line["annex"] |= {
                "going_on": str(theme.going_on),
                "minority": str(theme.minority),
                "options": str(theme.options),
                "open_questions": str(theme.open_questions),
                "goal": _goal(goals_by_id[theme.goal_id]) if theme.goal_id else None,
                "sources": [_source(place, one) for place, one in enumerate(own, 1)],
                "more": line["total"] - len(own),
                "quotes": [_quote(quote, own) for quote in quotes.get(theme.id, [])],
            }
    return content


def codes(session: Session, dialogue_id: int) -> dict[str, list[str]]:
    """The code of everything that lies in each theme of a dialogue, by the theme's code."""
    found: dict[str, list[str]] = {}
    for theme, code in session.execute(
        select(Theme.code, Contribution.code)
        .join(ThemeContribution, ThemeContribution.theme_id == Theme.id)
        .join(Contribution, Contribution.id == ThemeContribution.contribution_id)
        .where(
            Theme.dialogue_id == dialogue_id,
            Theme.retired_at.is_(None),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
            # What is not shown to everybody is counted, and found nowhere.
            Contribution.kind.in_(declared.shown()),
        )
        .order_by(Contribution.id)
    ):
        found.setdefault(theme, []).append(code)
    return found


def take_out(content: Content, code: str, gone: str) -> bool:
    """Take the words of one contribution that is shown no more out of a content; False when it holds none.

    ``gone`` says why: "withdrawn" by the one who said it, or "hidden". What the content says of how many there
    were stays: that they were said then is true.
    """
    changed = False
    for line in (*content["themes"], *content["also"]):
        for part in (*line["annex"]["quotes"], *line["annex"]["sources"]):
            if part["code"] == code and part["gone"] != gone:
                part |= {"text": "", "gone": gone}
                changed = True
    return changed


def lies_outside(content: Content) -> bool:
    """Whether something that was given lies in no theme, without a reason of its own."""
    return bool(content["unplaced"] or content["not_taken_in"])


def missing_words(content: Content) -> list[dict[str, Any]]:
    """The themes of the page that lack one of their three lines."""
    return [line for line in content["themes"] if not (line["says"] and line["proposes"] and line["who"])]


def _line(place: int, theme: Theme, gathered: chain.Gathering) -> dict[str, Any]:
    total = sum(gathered.by_channel.values())
    channels = [f"{channel.label} {number(count)}" for channel, count in gathered.by_channel.items()]
    return {
        "number": place,
        "code": theme.code,
        "title": str(theme.title),
        "total": total,
        "heard": " · ".join([declared.contributions(total), *(channels if len(channels) > 1 else [])]),
        "says": shorten(str(theme.what_people_say), LONGEST_CELL),
        "proposes": shorten(str(theme.what_we_propose), LONGEST_CELL),
        "who": shorten(str(theme.who), LONGEST_WHO),
        "annex": {"kinds": declared.in_words(gathered.by_kind)},
    }


def _source(place: int, said: Said) -> dict[str, Any]:
    one = said.contribution
    return {
        "number": place,
        "code": one.code,
        "kind": one.kind.value,
        "label": str(one.kind.label),
        "who": said.who,
        "text": rules.first_words(said.text),
        "language": one.language,
        "is_minority": said.is_minority,
        "gone": "",
    }


def _quote(quote: Quote, own: Sequence[Said]) -> dict[str, Any]:
    one = quote.contribution
    places = {said.contribution.code: place for place, said in enumerate(own, 1)}
    return {
        "code": one.code,
        "text": quote.text,
        "language": quote.language,
        "who": one.label or str(one.channel.label),
        "source": places.get(one.code),
        "gone": "",
    }


def _quotes(session: Session, theme_ids: Sequence[int]) -> dict[int, list[Quote]]:
    """The quotes of each theme, but for those of a note that its facilitator has written otherwise since."""
    quotes = queries_quotes.quotes_in(session, theme_ids)
    said = sources.read(session, [quote.contribution for own in quotes.values() for quote in own])
    return {
        theme_id: [quote for quote in own if rules.stands_in(said[quote.contribution_id].text, quote.text)]
        for theme_id, own in quotes.items()
    }


def _aside(session: Session, dialogue_id: int) -> list[dict[str, Any]]:
    """Why some of what was given was left out of the themes, each reason with how many."""
    rows = session.execute(
        select(LeftOut.reason, func.count())
        .join(LeftOut.contribution)
        .where(
            Contribution.dialogue_id == dialogue_id,
            Contribution.state == ContributionState.PUBLISHED,
            LeftOut.removed_at.is_(None),
        )
        .group_by(LeftOut.reason)
        .order_by(func.count().desc(), LeftOut.reason)
        .limit(MOST_REASONS)
    )
    return [{"reason": reason, "count": count} for reason, count in rows]


def _goals(session: Session, themes: Sequence[Theme]) -> dict[int, Goal]:
    ids = {theme.goal_id for theme in themes if theme.goal_id}
    if not ids:
        return {}
    rows = session.scalars(select(Goal).where(Goal.id.in_(ids)).options(joinedload(Goal.plan)))
    return {goal.id: goal for goal in rows}


def _goal(goal: Goal) -> dict[str, str]:
    return {
        "number": goal.number,
        "text": str(goal.text),
        "plan": str(goal.plan.name),
        "years": goal.plan.years,
    }

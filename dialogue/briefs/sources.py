"""What lies in the themes, as the brief lists and quotes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.briefs.models import Quote
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.followup import gathered
from dialogue.followup.models import ThemeContribution
from dialogue.web import sources as declared

# How many of a theme's sources the annex lists; all of them are followed from there.
MOST_LISTED = 40


@dataclass(frozen=True)
class Said:
    """Something given, with its words as they can be quoted."""

    contribution: Contribution
    text: str
    is_minority: bool = False

    @property
    def who(self) -> str:
        """Who said it, as far as that is known: a class, a group, else the way it came."""
        return self.contribution.label or str(self.contribution.channel.label)


def listed(session: Session, theme_ids: Sequence[int]) -> dict[int, list[Said]]:
    """The sources of each theme that the annex lists: those quoted first, then minority views, then the others in
    the order they came.

    What is not shown to everybody, such as answers in surveys, is counted and quoted, never listed.
    """
    ranked = (
        select(
            ThemeContribution.theme_id,
            ThemeContribution.contribution_id,
            func.row_number()
            .over(
                partition_by=ThemeContribution.theme_id,
                order_by=(
                    Quote.id.is_(None),
                    ThemeContribution.is_minority.desc(),
                    ThemeContribution.contribution_id,
                ),
            )
            .label("place"),
            ThemeContribution.is_minority,
        )
        .join(Contribution, Contribution.id == ThemeContribution.contribution_id)
        .outerjoin(Quote, Quote.contribution_id == Contribution.id)
        .where(
            ThemeContribution.theme_id.in_(theme_ids),
            ThemeContribution.removed_at.is_(None),
            Contribution.state == ContributionState.PUBLISHED,
            Contribution.kind.in_(declared.shown()),
        )
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.theme_id, ranked.c.is_minority, Contribution)
        .join(ranked, ranked.c.contribution_id == Contribution.id)
        .where(ranked.c.place <= MOST_LISTED)
        .order_by(ranked.c.theme_id, ranked.c.place)
    ).all()
    said = read(session, [one for _theme_id, _is_minority, one in rows])
    found: dict[int, list[Said]] = {}
    for theme_id, is_minority, one in rows:
        found.setdefault(theme_id, []).append(replace(said[one.id], is_minority=bool(is_minority)))
    return found


def read(session: Session, given: Iterable[Contribution]) -> dict[int, Said]:
    """The words of what was given, by its id; one statement for each kind."""
    return {
        one.contribution.id: Said(one.contribution, joined(one.said.title, one.said.text))
        for one in gathered.with_words(session, list(given))
    }


def joined(title: str, text: str) -> str:
    """A title and a text as one: the title as a sentence of its own, unless the text begins with it."""
    title, text = title.strip(), text.strip()
    if not title or text.casefold().startswith(title.casefold()):
        return text
    return f"{title}{'' if title[-1] in '.!?…' else '.'} {text}".strip()

"""Reads of results: counts by the database, then what may be shown of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.base.errors import NotFound
from dialogue.base.i18n import _, number
from dialogue.surveys import disclosure, queries
from dialogue.surveys.disclosure import Table
from dialogue.surveys.models import Answer, Collector, QuestionKind, Response, Survey
from dialogue.surveys.questionnaire import TEXTS, Item, everything_asked, thaw


@dataclass(frozen=True)
class QuestionResult:
    """What is shown of one question. ``rows`` are those of the macro ``bars``; a value of None is hidden.

    ``is_held_back``: its figures for this collector alone would give away hidden ones.
    """

    item: Item
    base: int
    rows: Sequence[dict[str, Any]] = ()
    mean: float | None = None
    has_hidden: bool = False
    is_too_few: bool = False
    is_held_back: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it was answered in words."""
        return self.item.kind in TEXTS


@dataclass(frozen=True)
class Results:
    """The results of a survey, of all answers or of those that came through one collector."""

    total: int
    k: int
    collector: Collector | None
    by_collector: dict[int, int]
    questions: Sequence[QuestionResult]


@dataclass(frozen=True)
class _Tally:
    """Counts by (collector, question): of each value given, and of those who answered."""

    values: dict[tuple[int, int], Counter[int]]
    bases: Counter[tuple[int, int]]
    collectors: Sequence[int]

    def table(self, item: Item, collector_id: int) -> Table:
        base = self.bases[collector_id, item.id]
        if item.kind is QuestionKind.NUMBER:
            return Table((base,), base)
        counts = self.values.get((collector_id, item.id), Counter())
        places = item.steps if item.kind is QuestionKind.SCALE else [choice.id for choice in item.choices]
        return Table(tuple(counts[place] for place in places), base, item.kind is not QuestionKind.SEVERAL)


def of(session: Session, survey: Survey, collector_code: str | None = None) -> Results:
    """A survey's results, whole or through one collector, by its code. Raises NotFound for another's code."""
    collector = None
    if collector_code:
        collector = next((found for found in survey.collectors if found.code == collector_code), None)
        if collector is None:
            raise NotFound
    by_collector = queries.answers_by_collector(session, survey.id)
    items = everything_asked([thaw(version.form) for version in survey.versions])
    tally = _count(session, survey.id, items, list(by_collector))
    k = disclosure.smallest_shown(survey.is_sensitive)
    return Results(
        total=sum(by_collector.values()),
        k=k,
        collector=collector,
        by_collector=by_collector,
        questions=[_result(item, tally, collector, k) for item in items],
    )


def _count(session: Session, survey_id: int, items: Sequence[Item], collectors: Sequence[int]) -> _Tally:
    several = [item.id for item in items if item.kind is QuestionKind.SEVERAL]
    values: dict[tuple[int, int], Counter[int]] = {}
    bases: Counter[tuple[int, int]] = Counter()
    counted = session.execute(
        select(Response.collector_id, Answer.question_id, Answer.option_id, Answer.number, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(Response.survey_id == survey_id)
        .group_by(Response.collector_id, Answer.question_id, Answer.option_id, Answer.number)
    )
    for collector_id, question_id, option_id, given, count in counted:
        key = (collector_id, question_id)
        value = option_id if option_id is not None else given
        if value is not None:
            values.setdefault(key, Counter())[value] += count
        bases[key] += count
    # Who chose several is one person with several rows.
    people = session.execute(
        select(Response.collector_id, Answer.question_id, func.count(Answer.response_id.distinct()))
        .join(Response, Response.id == Answer.response_id)
        .where(Response.survey_id == survey_id, Answer.question_id.in_(several))
        .group_by(Response.collector_id, Answer.question_id)
    )
    for collector_id, question_id, count in people:
        bases[collector_id, question_id] = count
    return _Tally(values, bases, collectors)


def _result(item: Item, tally: _Tally, collector: Collector | None, k: int) -> QuestionResult:
    chosen = tally.collectors if collector is None else [collector.id]
    base = sum(tally.bases[key, item.id] for key in chosen)
    if item.kind in TEXTS or base == 0:
        return QuestionResult(item, base)
    if collector is not None:
        tables = {key: tally.table(item, key) for key in tally.collectors}
        if collector.id not in disclosure.groups_to_show(tables, k):
            return QuestionResult(item, base, is_held_back=True)
    if base < k:
        return QuestionResult(item, base, is_too_few=True)
    table = disclosure.together([tally.table(item, key) for key in chosen])
    if item.kind is QuestionKind.NUMBER:
        return QuestionResult(item, base, mean=_mean(item, tally, chosen, base, k))
    hidden = disclosure.hidden_cells(table, k)
    mean = None
    if item.kind is QuestionKind.SCALE and not hidden:
        mean = _mean(item, tally, chosen, base, k)
    return QuestionResult(item, base, _rows(item, table, hidden), mean, has_hidden=bool(hidden))


def _mean(item: Item, tally: _Tally, chosen: Sequence[int], base: int, k: int) -> float | None:
    counts = [tally.values.get((key, item.id), Counter()) for key in chosen]
    total = sum(value * count for counter in counts for value, count in counter.items())
    return disclosure.mean(total, base, k)


def _rows(item: Item, table: Table, hidden: frozenset[int]) -> list[dict[str, Any]]:
    rows = []
    for place, label in enumerate(_labels(item)):
        count = table.cells[place]
        if place in hidden:
            rows.append({"label": label, "value": None, "count": None})
            continue
        share = disclosure.percent(count, table.base)
        row: dict[str, Any] = {"label": label, "value": share, "count": number(count)}
        if share is None:
            row["value"] = round(100 * count / table.base)
            row["text"] = _("%(count)s of %(base)s", count=count, base=table.base)
        rows.append(row)
    return rows


def _labels(item: Item) -> list[str]:
    if item.kind is not QuestionKind.SCALE:
        return [str(choice.text) for choice in item.choices]
    ends = {item.lowest: item.lowest_label, item.highest: item.highest_label}
    return [f"{step} – {ends[step]}" if ends.get(step) else str(step) for step in item.steps]

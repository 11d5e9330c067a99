"""The figures of "you said – we did", and how they are added together; pure.

Everything is counted for each dialogue (``Count``), and a place's figures are the sum of its dialogues'.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, TypeVar

from dialogue.actions.models import ActionState
from dialogue.dialogues.models import ContributionKind
from dialogue.followup.models import DecisionOutcome, DecisionReason
from dialogue.followup.records import HelpedCount
from dialogue.followup.story import SAYS_NO

# Of fewer than this, a share or a middle would tell of single ones.
FEWEST = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Asked:
    """In how many dialogues residents were asked, and in which ways."""

    dialogues: int = 0
    boards: int = 0
    meetings: int = 0
    surveys: int = 0

    @property
    def ways(self) -> int:
        """How many ways to take part there were."""
        return self.boards + self.meetings + self.surveys


@dataclass(frozen=True)
class Heard:
    """What residents gave, and when the ideas among it had an answer.

    ``kinds`` is how many contributions there are of each kind, ``themes`` how many each theme gathers, by its id,
    ``days`` how many ideas had their answer after so many days, ``forms`` how many surveys were answered. Keys are
    texts, as they are kept, since hundreds of dialogues are added together for one page.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    themes: Mapping[str, int] = field(default_factory=dict)
    unplaced: int = 0
    days: Mapping[str, int] = field(default_factory=dict)
    forms: int = 0

    @property
    def ideas(self) -> int:
        """How many ideas were published, those taken back since included."""
        return self.kinds.get(ContributionKind.IDEA.value, 0)

    @property
    def notes(self) -> int:
        """How many notes came from groups."""
        return self.kinds.get(ContributionKind.NOTE.value, 0)

    @property
    def sign_ups(self) -> int:
        """How many signed up for meetings."""
        return self.kinds.get(ContributionKind.REGISTRATION.value, 0)

    @property
    def answered(self) -> int:
        """How many ideas have had an answer."""
        return sum(self.days.values())

    @property
    def share_answered(self) -> float | None:
        """The share of the ideas that have had an answer; None of too few."""
        return share(self.answered, self.ideas)

    @property
    def median_days(self) -> float | None:
        """After how many days half of the answered ideas had their answer; None of too few."""
        if self.answered < FEWEST:
            return None
        return median({int(day): count for day, count in self.days.items()})

    def gathered(self, theme_id: int) -> int:
        """How many contributions a theme gathers."""
        return self.themes.get(str(theme_id), 0)


@dataclass(frozen=True)
class Answer:
    """How many themes had this answer for this reason."""

    outcome: DecisionOutcome
    reason: DecisionReason
    themes: int


@dataclass(frozen=True)
class Did:
    """What was decided and done, as everybody may know it.

    ``answers`` is how many themes had each answer, by outcome and reason; ``waiting`` how many have none. ``due``
    is how many actions should be done by now, of owners who let it be shown when they are late, and ``on_time``
    how many of these were. ``helped`` is how often residents gave each answer when they were asked whether what is
    done helped.
    """

    answers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    waiting: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    due: int = 0
    on_time: int = 0
    helped: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many actions are done."""
        return self.states.get(ActionState.DONE.value, 0)

    @property
    def partly(self) -> int:
        """How many are done in part."""
        return self.states.get(ActionState.PARTLY_DONE.value, 0)

    @property
    def stopped(self) -> int:
        """How many were stopped."""
        return self.states.get(ActionState.STOPPED.value, 0)

    @property
    def under_way(self) -> int:
        """How many are agreed and not finished."""
        return sum(self.states.get(state.value, 0) for state in (ActionState.ACCEPTED, ActionState.UNDER_WAY))

    @property
    def share_on_time(self) -> float | None:
        """The share of the actions that should be done by now and were done in time; None of too few."""
        return share(self.on_time, self.due)

    @property
    def residents_say(self) -> HelpedCount:
        """What residents say of what is done, all together."""
        return HelpedCount(**self.helped)

    @property
    def share_helped(self) -> float | None:
        """The share of these answers that say yes; None of too few."""
        return share(self.residents_say.yes, self.residents_say.total)

    @property
    def noes(self) -> list[Answer]:
        """The answers that say no or not now, the most frequent first."""
        found = [
            Answer(DecisionOutcome(outcome), DecisionReason(reason), count)
            for (outcome, reason), count in self.answers.items()
        ]
        return sorted(
            (answer for answer in found if answer.outcome in SAYS_NO),
            key=lambda answer: (-answer.themes, answer.outcome.value, answer.reason.value),
        )

    @property
    def said_no(self) -> int:
        """How many themes were answered with no or not now."""
        return sum(answer.themes for answer in self.noes)

    @property
    def passed_on(self) -> int:
        """How many themes were passed on to somebody else."""
        return sum(
            count
            for (outcome, _reason), count in self.answers.items()
            if outcome == DecisionOutcome.PASS_ON.value
        )


@dataclass(frozen=True)
class AtDesk:
    """What only the team knows: every action by its state, how many of them are late, decisions that are written
    down and not public. ``answered_on`` is when the last theme had its first answer, None while one waits."""

    states: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    unpublished: int = 0
    answered_on: date | None = None


@dataclass(frozen=True)
class Count:
    """Everything that is counted of one dialogue, or of several together."""

    asked: Asked = Asked()
    heard: Heard = field(default_factory=Heard)
    did: Did = field(default_factory=Did)
    at_desk: AtDesk = field(default_factory=AtDesk)

    @property
    def size(self) -> int:
        """How many rows had to be counted, more or less."""
        return sum(self.heard.kinds.values()) + sum(self.at_desk.states.values())

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        heard, did, desk = self.heard, self.did, self.at_desk
        return {
            "asked": [self.asked.dialogues, self.asked.boards, self.asked.meetings, self.asked.surveys],
            "kinds": dict(heard.kinds),
            "themes": dict(heard.themes),
            "unplaced": heard.unplaced,
            "days": dict(heard.days),
            "forms": heard.forms,
            "answers": [[*key, count] for key, count in did.answers.items()],
            "waiting": did.waiting,
            "states": dict(did.states),
            "pace": [did.late, did.due, did.on_time],
            "helped": dict(did.helped),
            "all states": dict(desk.states),
            "desk": [desk.late, desk.unpublished, desk.answered_on.isoformat() if desk.answered_on else ""],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What ``as_json`` gave."""
        late, unpublished, answered_on = kept["desk"]
        shown_late, due, on_time = kept["pace"]
        return cls(
            Asked(*kept["asked"]),
            Heard(
                kept["kinds"],
                kept["themes"],
                kept["unplaced"],
                kept["days"],
                kept["forms"],
            ),
            Did(
                {(outcome, reason): count for outcome, reason, count in kept["answers"]},
                kept["waiting"],
                kept["states"],
                shown_late,
                due,
                on_time,
                kept["helped"],
            ),
            AtDesk(
                kept["all states"],
                late,
                unpublished,
                date.fromisoformat(answered_on) if answered_on else None,
            ),
        )


def together(counts: Iterable[Count]) -> Count:
    """What was counted in several dialogues."""
    every = list(counts)
    return Count(
        Asked(
            sum(one.asked.dialogues for one in every),
            sum(one.asked.boards for one in every),
            sum(one.asked.meetings for one in every),
            sum(one.asked.surveys for one in every),
        ),
        Heard(
            _added(one.heard.kinds for one in every),
            _added(one.heard.themes for one in every),
            sum(one.heard.unplaced for one in every),
            _added(one.heard.days for one in every),
            sum(one.heard.forms for one in every),
        ),
        Did(
            _added(one.did.answers for one in every),
            sum(one.did.waiting for one in every),
            _added(one.did.states for one in every),
            sum(one.did.late for one in every),
            sum(one.did.due for one in every),
            sum(one.did.on_time for one in every),
            _added(one.did.helped for one in every),
        ),
        AtDesk(
            _added(one.at_desk.states for one in every),
            sum(one.at_desk.late for one in every),
            sum(one.at_desk.unpublished for one in every),
        ),
    )


def _added(parts: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    # A dictionary of our own is faster than a Counter for many small ones.
    sums: dict[Key, int] = {}
    for part in parts:
        for key, count in part.items():
            sums[key] = sums.get(key, 0) + count
    return sums


@dataclass(frozen=True)
class Figures:
    """What a page shows. ``late_answers`` is in how many dialogues the promised day has passed without an answer;
    ``is_older`` says that some of it was counted before the last change."""

    asked: Asked
    heard: Heard
    did: Did
    at_desk: AtDesk
    late_answers: int = 0
    is_older: bool = False

    @property
    def late(self) -> int:
        """Everything that is late in public."""
        return self.did.late + self.late_answers


def share(part: int, whole: int) -> float | None:
    """A part of a whole between 0 and 1; None of too few."""
    return part / whole if whole >= FEWEST else None


def median(counts: Mapping[int, int]) -> float | None:
    """The middle of values that are each there so many times; between two middle ones, half way."""
    total = sum(counts.values())
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    passed, found = 0, []
    for value in sorted(counts):
        reached = passed + counts[value]
        found += [value for place in middle if passed <= place < reached]
        passed = reached
    return sum(found) / 2

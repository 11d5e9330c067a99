"""What ``chain`` reads for the story and the pages: what was given, its theme, what was decided, what is done."""

from dataclasses import dataclass, field
from datetime import date, datetime

from dialogue.actions import rules
from dialogue.actions.models import ActionState
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import ContributionKind, ContributionState
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason, PassState

# Residents are asked whether it helped when its owner says that something was done.
ASKED_OF = (ActionState.DONE, ActionState.PARTLY_DONE)


@dataclass(frozen=True)
class UpdateRecord:
    """What happened with an action, as the public may read it."""

    at: datetime
    text: Translated


@dataclass(frozen=True)
class HelpedCount:
    """How many residents say that an action helped, partly, not, or that they have not noticed it."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    not_noticed: int = 0

    @property
    def total(self) -> int:
        """How many have answered."""
        return self.yes + self.partly + self.no + self.not_noticed


@dataclass(frozen=True)
class ActionRecord:
    """A public action; ``residents_say`` is apart from what its owner says of it."""

    code: str
    title: Translated
    owner: Translated
    owner_role: Translated
    due_on: date
    state: ActionState
    accepted_at: datetime | None
    ended_on: date | None = None
    outcome: Translated = field(default_factory=Translated)
    changed: Translated = field(default_factory=Translated)
    updates: tuple[UpdateRecord, ...] = ()
    is_late: bool = False
    residents_say: HelpedCount = field(default_factory=HelpedCount)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is expected."""
        return self.state in rules.ENDS

    @property
    def is_asked_of(self) -> bool:
        """Whether residents are asked if it helped."""
        return self.state in ASKED_OF


@dataclass(frozen=True)
class DecisionRecord:
    """A decision about a theme; ``in_force`` until a later one of the same body takes its place.

    One that is not public yet is read for the desk only; it is public from ``public_from``, or when all that
    wait are published together.
    """

    code: str
    outcome: DecisionOutcome
    reason: DecisionReason
    explanation: Translated
    body: Translated
    power: BodyPower
    decided_on: date
    body_code: str = ""
    in_force: bool = True
    is_public: bool = True
    public_from: datetime | None = None
    passed_to: Translated | None = None
    pass_state: PassState | None = None
    pass_answered_on: date | None = None
    actions: tuple[ActionRecord, ...] = ()


@dataclass(frozen=True)
class HearingRecord:
    """That a body has talked about a theme on a day; ``said`` is what everybody may know of it."""

    body: Translated
    heard_on: date
    said: Translated = field(default_factory=Translated)


@dataclass(frozen=True)
class ThemeRecord:
    """The theme that something was placed in, and how many contributions it gathers in all."""

    code: str
    title: Translated
    placed_at: datetime
    total: int
    decisions: tuple[DecisionRecord, ...] = ()
    hearings: tuple[HearingRecord, ...] = ()

    @property
    def in_force(self) -> tuple[DecisionRecord, ...]:
        """What stands of what was decided and recommended."""
        return tuple(decision for decision in self.decisions if decision.in_force)

    @property
    def is_answered(self) -> bool:
        """Whether a body that decides has decided; what others recommend is no answer."""
        return any(decision.power is BodyPower.DECIDES for decision in self.in_force)


@dataclass(frozen=True)
class ChangeRecord:
    """A public line of the history of what was given; ``is_by_staff`` is whether one of the staff did it."""

    at: datetime
    from_state: str
    to_state: str
    text: Translated
    is_by_staff: bool = True


@dataclass(frozen=True)
class LeftOutRecord:
    """That something was left out of every theme on a day, until it was taken in again, if it was. Why is written
    for the team and not told."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Given:
    """What somebody gave, and everything that may be known of what became of it."""

    kind: ContributionKind
    state: ContributionState
    received_at: datetime
    answer_by: date | None
    promised_by: str
    changes: tuple[ChangeRecord, ...] = ()
    theme: ThemeRecord | None = None
    left_out: tuple[LeftOutRecord, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether it is left out of every theme now."""
        return bool(self.left_out) and self.left_out[-1].until is None

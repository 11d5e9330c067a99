"""The story of what somebody gave, in steps and plain words; pure, so that every turn of it can be tested.

It is told from records that ``chain`` reads. They hold public things only: what must not be known never
reaches this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from dialogue.actions import rules
from dialogue.actions.models import ActionState
from dialogue.base import clock
from dialogue.base.i18n import Lazy, Translated, _, lazy, ngettext, show_date
from dialogue.dialogues.models import ContributionKind, ContributionState
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason
from dialogue.meetings.models import MeetingNews, RegistrationStatus

# After these outcomes something is to be done here; after the others the answer is the end of the story.
LEADS_TO_ACTION = frozenset({DecisionOutcome.TAKE_UP, DecisionOutcome.RESIDENTS})
SAYS_NO = frozenset({DecisionOutcome.NOT_NOW, DecisionOutcome.NOT_FORWARD})


@dataclass(frozen=True)
class UpdateRecord:
    """What happened with an action, as the public may read it."""

    at: datetime
    text: Translated


@dataclass(frozen=True)
class ActionRecord:
    """A public action."""

    code: str
    title: Translated
    owner: Translated
    owner_role: Translated
    due_on: date
    state: ActionState
    accepted_at: datetime | None
    ended_on: date | None = None
    outcome: Translated = field(default_factory=Translated)
    updates: tuple[UpdateRecord, ...] = ()
    is_late: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is expected."""
        return self.state in rules.ENDS


@dataclass(frozen=True)
class DecisionRecord:
    """A decision about a theme; ``in_force`` until a later one takes its place."""

    code: str
    outcome: DecisionOutcome
    reason: DecisionReason
    explanation: Translated
    body: Translated
    power: BodyPower
    decided_on: date
    in_force: bool = True
    passed_to: Translated | None = None
    actions: tuple[ActionRecord, ...] = ()


@dataclass(frozen=True)
class ThemeRecord:
    """The theme that something was placed in, and how many contributions it gathers in all."""

    code: str
    title: Translated
    placed_at: datetime
    total: int
    decisions: tuple[DecisionRecord, ...] = ()


@dataclass(frozen=True)
class ChangeRecord:
    """A public line of the history of what was given."""

    at: datetime
    from_state: str
    to_state: str
    text: Translated


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


@dataclass(frozen=True)
class Step:
    """One step: ``quote`` is what staff wrote, ``target`` the (kind, code) of the page that tells more."""

    title: str
    when: date | None = None
    state: str = "done"
    text: str = ""
    quote: Translated = field(default_factory=Translated)
    target: tuple[str, str] | None = None


def steps(given: Given, today: date) -> list[Step]:
    """The story so far, oldest first, and what comes next."""
    if given.kind is not ContributionKind.IDEA:
        return list(_history(given))
    told = list(_history(given))
    if given.state is ContributionState.PUBLISHED:
        if given.theme is not None:
            told += _theme(given.theme)
            told += sorted(_decided(given.theme), key=lambda step: step.when or today)
        told += _next(given)
    elif given.state is ContributionState.RECEIVED:
        told.append(
            Step(
                _("Waits to be read"),
                state="current",
                text=_("A person reads it before it is shown, usually within one working day."),
            )
        )
    return told


HISTORY: dict[str, Lazy] = {
    ContributionState.RECEIVED.value: lazy("To be read once more"),
    ContributionState.PUBLISHED.value: lazy("Read and published"),
    ContributionState.RETURNED.value: lazy("Not published"),
    ContributionState.WITHDRAWN.value: lazy("You took it back"),
    RegistrationStatus.REGISTERED.value: lazy("You have a seat"),
    RegistrationStatus.WAITING.value: lazy("You are on the waiting list"),
    RegistrationStatus.CANCELLED.value: lazy("The sign-up was cancelled"),
    RegistrationStatus.ATTENDED.value: lazy("You were there"),
    **{news.value: news.label for news in MeetingNews},
}
# Of its later history, what the giver is told by mail: what they did themselves they know.
TOLD = (ContributionState.PUBLISHED.value, ContributionState.RETURNED.value)
_STOPS = frozenset(
    {
        ContributionState.RETURNED.value,
        ContributionState.WITHDRAWN.value,
        RegistrationStatus.CANCELLED.value,
        MeetingNews.CANCELLED.value,
    }
)


def _history(given: Given) -> Iterator[Step]:
    yield Step(_("Received"), clock.local(given.received_at).date())
    for change in given.changes:
        # The first line is that it was received, which is told above whether or not the line is there.
        if change.to_state in HISTORY and change.from_state:
            yield Step(
                str(HISTORY[change.to_state]),
                clock.local(change.at).date(),
                state="stopped" if change.to_state in _STOPS else "done",
                quote=change.text,
            )


def _theme(theme: ThemeRecord) -> Iterator[Step]:
    others = theme.total - 1
    text = (
        ngettext("Together with %(num)s other idea", "Together with %(num)s other ideas", others)
        if others > 0
        else ""
    )
    yield Step(
        _("Placed under “%(theme)s”", theme=theme.title),
        clock.local(theme.placed_at).date(),
        text=text,
        target=("theme", theme.code),
    )


def _decided(theme: ThemeRecord) -> Iterator[Step]:
    for decision in theme.decisions:
        yield Step(
            f"{decision.power.label}: {decision.outcome.label}",
            decision.decided_on,
            state="stopped" if decision.outcome in SAYS_NO else "done",
            text=by_whom_and_why(decision),
            quote=decision.explanation,
        )
        for action in decision.actions:
            yield from _action(action)


def by_whom_and_why(decision: DecisionRecord) -> str:
    """Which body, for which reason, where it was passed on to, and whether it still stands."""
    parts = [_("By %(body)s. Reason: %(reason)s.", body=decision.body, reason=decision.reason.label)]
    if decision.passed_to:
        parts.append(_("Passed on to %(organisation)s.", organisation=decision.passed_to))
    if not decision.in_force:
        parts.append(_("It was decided anew later."))
    return " ".join(parts)


def _action(action: ActionRecord) -> Iterator[Step]:
    if action.accepted_at is not None:
        yield Step(
            _("Somebody has said yes: %(action)s", action=action.title),
            clock.local(action.accepted_at).date(),
            text=_("%(owner)s does it by %(day)s.", owner=who(action), day=show_date(action.due_on)),
            target=("action", action.code),
        )
    for update in action.updates:
        yield Step(
            _("News: %(action)s", action=action.title), clock.local(update.at).date(), quote=update.text
        )
    if action.has_ended:
        yield Step(
            f"{action.state.label}: {action.title}",
            action.ended_on or action.due_on,
            state="stopped" if action.state is ActionState.STOPPED else "done",
            quote=action.outcome,
            target=("action", action.code),
        )


def who(action: ActionRecord) -> str:
    """The owner, with the role that does it."""
    return f"{action.owner} ({action.owner_role})" if action.owner_role else str(action.owner)


def _next(given: Given) -> Iterator[Step]:
    current = [decision for decision in given.theme.decisions if decision.in_force] if given.theme else []
    if not current:
        if given.theme is None:
            yield Step(_("Placed together with ideas like it"), state="coming")
        yield Step(_("You get an answer"), state="coming", text=promise(given.answer_by, given.promised_by))
        return
    for decision in current:
        for action in decision.actions:
            if not action.has_ended:
                yield _expected(action)
        if decision.outcome in LEADS_TO_ACTION and not decision.actions:
            yield Step(
                _("An action is agreed"),
                state="coming",
                text=_("It is shown here when the one who is to do it has said yes."),
            )


def _expected(action: ActionRecord) -> Step:
    day = show_date(action.due_on)
    text = _("It was due %(day)s and is late.", day=day) if action.is_late else _("Due %(day)s.", day=day)
    return Step(
        _("To be done: %(action)s", action=action.title),
        state="current",
        text=text,
        target=("action", action.code),
    )


def promise(answer_by: date | None, promised_by: str) -> str:
    """When an answer is promised, and by whom; empty when none has been."""
    if answer_by is None:
        return ""
    day = show_date(answer_by)
    if promised_by:
        return _("An answer is promised by %(day)s, signed by %(name)s.", day=day, name=promised_by)
    return _("An answer is promised by %(day)s.", day=day)

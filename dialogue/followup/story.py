"""The story of what somebody gave, in steps and plain words; pure, so that every turn of it can be tested.

It is told from records that ``chain`` reads. They hold public things only: what must not be known never
reaches this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from dialogue.actions.models import ActionState
from dialogue.base import clock
from dialogue.base.i18n import Lazy, Translated, _, lazy, ngettext, show_date
from dialogue.dialogues.models import ON_DUTY, ContributionKind, ContributionState
from dialogue.followup.models import BodyPower, DecisionOutcome, PassState
from dialogue.followup.records import ActionRecord, DecisionRecord, Given, ThemeRecord
from dialogue.helping.models import HelpNews
from dialogue.meetings.models import MeetingNews, RegistrationStatus

# After these outcomes something is to be done here; after the others the answer is the end of the story.
LEADS_TO_ACTION = frozenset({DecisionOutcome.TAKE_UP, DecisionOutcome.RESIDENTS})
SAYS_NO = frozenset({DecisionOutcome.NOT_NOW, DecisionOutcome.NOT_FORWARD})
# What can be placed under a theme, and so be decided about; the rest has a history of its own only.
GATHERED = frozenset({ContributionKind.IDEA, ContributionKind.NOTE, ContributionKind.ANSWER})


@dataclass(frozen=True)
class Step:
    """One step: ``quote`` is what staff wrote, ``target`` the (kind, code) of the page that tells more."""

    title: str
    when: date | None = None
    state: str = "done"
    text: str = ""
    quote: Translated = field(default_factory=Translated)
    target: tuple[str, str] | None = None


def steps(given: Given, today: date, waits: tuple[str, str] | None = None) -> list[Step]:
    """The story so far, oldest first, and what comes next; ``waits`` says what it waits for before it is shown,
    where its room knows more than that somebody reads it."""
    if given.kind not in GATHERED:
        return list(_history(given))
    told = list(_history(given))
    if given.state is ContributionState.PUBLISHED:
        told = sorted([*told, *_left_out(given)], key=lambda step: step.when or today)
        if given.theme is not None:
            told += _theme(given.theme)
            told += _happened(given.theme, today)
        told += _next(given)
    elif given.state is ContributionState.RECEIVED:
        title, text = waits or (
            _("Waits to be read"),
            _("A person reads it before it is shown, usually within one working day."),
        )
        told.append(Step(title, state="current", text=text))
    return told


def of_theme(theme: ThemeRecord, today: date) -> list[Step]:
    """What has happened with a theme, oldest first, and what is expected: told once for all that lies in it."""
    return [*_happened(theme, today), *(step for decision in theme.in_force for step in _after(decision))]


HISTORY: dict[str, Lazy] = {
    ContributionState.RECEIVED.value: lazy("To be read once more"),
    ContributionState.PUBLISHED.value: lazy("Read and published"),
    ContributionState.RETURNED.value: lazy("Not published"),
    ContributionState.WITHDRAWN.value: lazy("You took it back"),
    ContributionState.HELD.value: lazy("Read, and passed on to somebody whose job it is"),
    ContributionState.HANDED_OVER.value: lazy("Handed over. What you wrote is deleted here."),
    RegistrationStatus.REGISTERED.value: lazy("You have a seat"),
    RegistrationStatus.WAITING.value: lazy("You are on the waiting list"),
    RegistrationStatus.CANCELLED.value: lazy("The sign-up was cancelled"),
    RegistrationStatus.ATTENDED.value: lazy("You were there"),
    **{news.value: news.label for news in (*MeetingNews, *HelpNews)},
}
# Of its later history, what the giver is told by mail: what they did themselves they know.
TOLD = (ContributionState.PUBLISHED.value, ContributionState.RETURNED.value)
_STOPS = frozenset(
    {
        ContributionState.RETURNED.value,
        ContributionState.WITHDRAWN.value,
        RegistrationStatus.CANCELLED.value,
        MeetingNews.CANCELLED.value,
        HelpNews.CANCELLED.value,
    }
)


def _history(given: Given) -> Iterator[Step]:
    yield Step(_("Received"), clock.local(given.received_at).date())
    for change in given.changes:
        # The first line is that it was received, which is told above whether or not the line is there.
        if change.to_state in HISTORY and change.from_state:
            yield Step(
                title_of(change.to_state, is_by_staff=change.is_by_staff),
                clock.local(change.at).date(),
                state="stopped" if change.to_state in _STOPS else "done",
                # What a moderator wrote to the giver before may repeat what is now read by nobody.
                quote=Translated() if given.state in ON_DUTY else change.text,
            )


def title_of(to_state: str, *, is_by_staff: bool) -> str:
    """A line of history in words. Where ideas are shown at once, nobody has read it."""
    if to_state == ContributionState.PUBLISHED.value and not is_by_staff:
        return _("Published")
    return str(HISTORY[to_state])


def _left_out(given: Given) -> Iterator[Step]:
    for one in given.left_out:
        yield Step(
            _("Not placed under any theme"),
            one.since,
            state="stopped",
            text=_(
                "Those who read it found no theme that it fits under, so nothing is decided about it now. That does not mean that it was wrong to say it. It is kept, and they can take it in again."
            ),
        )
        if one.until:
            yield Step(
                _("Taken in again"), one.until, text=_("It is looked at once more, together with the rest.")
            )


def _theme(theme: ThemeRecord) -> Iterator[Step]:
    others = theme.total - 1
    text = (
        ngettext("Together with %(num)s other like it", "Together with %(num)s others like it", others)
        if others > 0
        else ""
    )
    yield Step(
        _("Placed under “%(theme)s”", theme=theme.title),
        clock.local(theme.placed_at).date(),
        text=text,
        target=("theme", theme.code),
    )


def _happened(theme: ThemeRecord, today: date) -> list[Step]:
    return sorted([*_heard(theme), *_decided(theme)], key=lambda step: step.when or today)


def _heard(theme: ThemeRecord) -> Iterator[Step]:
    for hearing in theme.hearings:
        yield Step(
            _("Discussed by %(body)s", body=hearing.body),
            hearing.heard_on,
            quote=hearing.said,
            target=("theme", theme.code),
        )


def _decided(theme: ThemeRecord) -> Iterator[Step]:
    for decision in theme.decisions:
        is_no = decision.outcome in SAYS_NO and decision.power is BodyPower.DECIDES
        yield Step(
            f"{decision.power.label}: {decision.outcome.label}",
            decision.decided_on,
            state="stopped" if is_no else "done",
            # What the organisation says is a step of its own, on its own day.
            text=by_whom_and_why(replace(decision, pass_state=None)),
            quote=decision.explanation,
            target=("theme", theme.code),
        )
        yield from _answered(decision)
        for action in decision.actions:
            yield from _action(action)


def by_whom_and_why(decision: DecisionRecord) -> str:
    """Which body, for which reason, to whom it was passed on and what they say, and whether it still stands."""
    return " ".join([_by_whom(decision), *_where_to(decision), *_replaced(decision)])


def _by_whom(decision: DecisionRecord) -> str:
    names = {"body": decision.body, "reason": decision.reason.label}
    if decision.power is BodyPower.RECOMMENDS:
        return _("%(body)s recommends this; others decide. Reason: %(reason)s.", **names)
    return _("By %(body)s. Reason: %(reason)s.", **names)


def _where_to(decision: DecisionRecord) -> Iterator[str]:
    if decision.passed_to is None:
        return
    names = {"organisation": decision.passed_to, "day": show_date(decision.pass_answered_on)}
    if decision.pass_state is PassState.ASKED:
        yield _("Passed on to %(organisation)s, who has been asked to confirm it.", **names)
    elif decision.pass_state is PassState.CONFIRMED:
        yield _("Passed on to %(organisation)s, who confirmed it on %(day)s.", **names)
    elif decision.pass_state is PassState.REFUSED:
        yield _("Passed on to %(organisation)s, who said on %(day)s that it is not theirs.", **names)
    else:
        yield _("Passed on to %(organisation)s.", **names)


def _replaced(decision: DecisionRecord) -> Iterator[str]:
    if not decision.in_force:
        yield _("It was decided anew later.")


def _answered(decision: DecisionRecord) -> Iterator[Step]:
    """What the organisation that it was passed on to has said."""
    if decision.passed_to is None or decision.pass_answered_on is None:
        return
    if decision.pass_state is PassState.CONFIRMED:
        title = _("%(organisation)s has confirmed that they have taken it", organisation=decision.passed_to)
        yield Step(title, decision.pass_answered_on)
    if decision.pass_state is PassState.REFUSED:
        title = _("%(organisation)s says that it is not theirs", organisation=decision.passed_to)
        yield Step(title, decision.pass_answered_on, state="stopped")


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
        if action.changed:
            yield Step(_("What has changed"), action.ended_on or action.due_on, quote=action.changed)


def who(action: ActionRecord) -> str:
    """The owner, with the role that does it."""
    return f"{action.owner} ({action.owner_role})" if action.owner_role else str(action.owner)


def _next(given: Given) -> Iterator[Step]:
    if given.is_left_out:
        return
    if given.theme is None:
        yield Step(_("Placed together with ideas like it"), state="coming")
    for decision in given.theme.in_force if given.theme else ():
        yield from _after(decision)
    if given.theme is None or not given.theme.is_answered:
        yield Step(_("You get an answer"), state="coming", text=promise(given.answer_by, given.promised_by))


def _after(decision: DecisionRecord) -> Iterator[Step]:
    """What is expected because of a decision that stands."""
    for action in decision.actions:
        if not action.has_ended:
            yield _expected(action)
    if decision.passed_to and decision.pass_state is PassState.ASKED:
        title = _("%(organisation)s has been asked to confirm it", organisation=decision.passed_to)
        yield Step(title, state="current")
    if decision.passed_to and decision.pass_state is PassState.REFUSED:
        yield Step(_("You get another answer"), state="coming", text=_("It is looked at once more."))
    decides = decision.power is BodyPower.DECIDES
    if decides and decision.outcome in LEADS_TO_ACTION and not decision.actions:
        yield Step(
            _("An action is agreed"),
            state="coming",
            text=_("It is shown here when the one who is to do it has said yes."),
        )


def asked_of(given: Given) -> list[ActionRecord]:
    """The actions that came of it and are done, of which its giver is asked whether they helped; each once."""
    if given.state is not ContributionState.PUBLISHED or given.theme is None:
        return []
    return done_of(given.theme)


def done_of(theme: ThemeRecord) -> list[ActionRecord]:
    """The actions that came of a theme and are done, each once."""
    actions = (action for decision in theme.in_force for action in decision.actions)
    return list({action.code: action for action in actions if action.is_asked_of}.values())


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
    """When an answer is promised, or was when that day has passed, and by whom; empty when none has been."""
    if answer_by is None:
        return ""
    day = show_date(answer_by)
    if answer_by < clock.today():
        if promised_by:
            return _("An answer was promised by %(day)s, signed by %(name)s.", day=day, name=promised_by)
        return _("An answer was promised by %(day)s.", day=day)
    if promised_by:
        return _("An answer is promised by %(day)s, signed by %(name)s.", day=day, name=promised_by)
    return _("An answer is promised by %(day)s.", day=day)

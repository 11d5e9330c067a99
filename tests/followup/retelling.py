"""The rows of one dialogue, and what they say, worked out anew and in the plainest way: the story of a contribution,
the figures, where an action comes from. What the product tells is held against it.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.actions.models import Action, ActionState, Update
from dialogue.base import clock
from dialogue.base.i18n import show_date
from dialogue.boards.models import Board
from dialogue.dialogues.models import (
    Contribution,
    ContributionKind,
    ContributionState,
    Dialogue,
    StatusChange,
)
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionAction,
    DecisionOutcome,
    Hearing,
    Help,
    Helped,
    LeftOut,
    PassState,
    Theme,
    ThemeContribution,
    ThemeDecision,
)
from dialogue.followup.story import Step
from dialogue.meetings.models import Meeting
from dialogue.places.models import Organisation
from dialogue.reporting.figures import Asked, AtDesk, Count, Did, Heard
from dialogue.reporting.flow import FlowCount, Standing, ThemeCount
from dialogue.surveys.models import Response, Survey, SurveyState

COUNTED = (ContributionState.PUBLISHED, ContributionState.WITHDRAWN)
ENDED = (ActionState.DONE, ActionState.PARTLY_DONE, ActionState.STOPPED)
WITHOUT_END = (ActionState.PROPOSED, ActionState.NEW_DATE, ActionState.ACCEPTED, ActionState.UNDER_WAY)
NO = (DecisionOutcome.NOT_NOW, DecisionOutcome.NOT_FORWARD)
TURNS = {
    "received": ("To be read once more", "done"),
    "published": ("Read and published", "done"),
    "returned": ("Not published", "stopped"),
    "withdrawn": ("You took it back", "stopped"),
}
STANDS = {
    ActionState.DONE: Standing.DONE,
    ActionState.PARTLY_DONE: Standing.PARTLY_DONE,
    ActionState.STOPPED: Standing.STOPPED,
}

OUT = (
    "Those who read it found no theme that it fits under, so nothing is decided about it now. That does not mean "
    "that it was wrong to say it. It is kept, and they can take it in again."
)
IN_AGAIN = "It is looked at once more, together with the rest."


class Rows:
    """Everything that is written down of a dialogue, as the database has it now."""

    def __init__(self, session: Session, dialogue_id: int) -> None:
        def every(table: Any, *conditions: Any) -> list[Any]:
            return list(session.scalars(select(table).where(*conditions).order_by(table.id)))

        def count(table: Any, *conditions: Any) -> int:
            return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

        self.today = clock.today()
        self.dialogue = session.get_one(Dialogue, dialogue_id)
        self.contributions = every(Contribution, Contribution.dialogue_id == dialogue_id)
        self.lines = every(StatusChange, StatusChange.dialogue_id == dialogue_id)
        self.themes = {one.id: one for one in every(Theme, Theme.dialogue_id == dialogue_id)}
        self.bodies = {one.id: one for one in every(Body, Body.dialogue_id == dialogue_id)}
        self.decisions = {one.id: one for one in every(Decision, Decision.dialogue_id == dialogue_id)}
        self.actions = {one.id: one for one in every(Action, Action.dialogue_id == dialogue_id)}
        self.hearings = every(Hearing, Hearing.theme_id.in_(self.themes))
        self.lies = every(ThemeContribution, ThemeContribution.theme_id.in_(self.themes))
        ids = [one.id for one in self.contributions]
        self.left_out = every(LeftOut, LeftOut.contribution_id.in_(ids))
        self.about = every(ThemeDecision, ThemeDecision.theme_id.in_(self.themes))
        self.ties = every(DecisionAction, DecisionAction.decision_id.in_(self.decisions))
        self.updates = every(Update, Update.action_id.in_(self.actions))
        self.helped = list(session.scalars(select(Helped).where(Helped.action_id.in_(self.actions))))
        self.organisations = {one.id: one for one in every(Organisation)}
        self.boards = count(Board, Board.dialogue_id == dialogue_id)
        self.meetings = count(Meeting, Meeting.dialogue_id == dialogue_id)
        surveys = Survey.dialogue_id == dialogue_id
        self.surveys = count(Survey, surveys, Survey.state != SurveyState.DRAFT)
        self.forms = count(Response, Response.survey_id.in_(select(Survey.id).where(surveys)))

    # What lies where

    def theme_of(self, contribution: Contribution) -> ThemeContribution | None:
        """Where a contribution lies now. Raises ValueError when it lies in two places."""
        present = [
            row for row in self.lies if row.contribution_id == contribution.id and row.removed_at is None
        ]
        [found] = present or [None]
        return found

    def gathered(self, theme_id: int) -> int:
        """How many contributions a theme gathers: those that were taken back keep their place."""
        states = {one.id: one.state for one in self.contributions}
        return sum(
            row.theme_id == theme_id and row.removed_at is None and states[row.contribution_id] in COUNTED
            for row in self.lies
        )

    def is_left_out(self, contribution: Contribution) -> bool:
        """Whether it was left out of every theme."""
        return any(row.contribution_id == contribution.id and row.removed_at is None for row in self.left_out)

    # What was decided

    def told_of(self, theme_id: int) -> list[tuple[Decision, bool]]:
        """The public decisions about a theme, oldest first, each with whether it is in force.

        A decision is about the theme that it was tied to last, so one that went along with a merge is not told
        of where it came from.
        """
        newest = {row.decision_id: row for row in self.about}
        return [
            (self.decisions[row.decision_id], row.removed_at is None)
            for row in sorted(newest.values(), key=lambda row: row.id)
            if row.theme_id == theme_id and self.decisions[row.decision_id].released_at is not None
        ]

    def in_force(self, theme_id: int, *, power: BodyPower | None = None) -> list[Decision]:
        """What stands decided in public about a theme."""
        return [
            decision
            for decision, stands in self.told_of(theme_id)
            if stands and (power is None or self.power_of(decision) is power)
        ]

    def power_of(self, decision: Decision) -> BodyPower:
        return self.bodies[decision.body_id].power

    def waiting(self) -> list[Decision]:
        """The decisions that are written down and are yet to be public."""
        tied = {row.decision_id for row in self.about if row.removed_at is None}
        return [one for key, one in self.decisions.items() if key in tied and one.released_at is None]

    # What is done

    def is_public(self, action: Action) -> bool:
        """Whether everybody may see an action: agreed, not internal, and what it follows from is public."""
        follows = [row.decision_id for row in self.ties if row.action_id == action.id and not row.removed_at]
        is_known = all(self.decisions[key].released_at is not None for key in follows)
        return action.accepted_at is not None and not action.is_internal and is_known

    def following(self, decision: Decision) -> list[Action]:
        """The public actions that follow from a decision, by their date."""
        tied = [
            self.actions[row.action_id]
            for row in self.ties
            if row.decision_id == decision.id and row.removed_at is None
        ]
        return sorted(filter(self.is_public, tied), key=lambda action: (action.due_on, action.id))

    def origins(self, action: Action) -> list[tuple[str, str, int]]:
        """The codes of the public decisions that an action follows from and of their themes, and how much these
        gather."""
        tied = {row.decision_id for row in self.ties if row.action_id == action.id and not row.removed_at}
        return sorted(
            (decision.code, theme.code, self.gathered(key))
            for key, theme in self.themes.items()
            for decision, _stands in self.told_of(key)
            if decision.id in tied
        )

    def is_late(self, action: Action) -> bool:
        return action.state in WITHOUT_END and action.due_on < self.today

    def tells_lateness(self, action: Action) -> bool:
        owner = self.organisations[action.owner_id]
        return owner.shows_lateness is True or owner.id == self.dialogue.organiser_id

    def standing(self, action: Action, *, in_public: bool) -> Standing:
        late = self.is_late(action) and (self.tells_lateness(action) or not in_public)
        return Standing.LATE if late else STANDS.get(action.state, Standing.UNDER_WAY)


def day(moment: datetime) -> date:
    return clock.local(moment).date()


# The story


def story(rows: Rows, contribution: Contribution) -> list[Step]:
    """What the follow page must tell of something given, and nothing else."""
    told = [Step("Received", day(contribution.received_at))]
    for line in rows.lines:
        is_its = (line.subject_kind, line.subject_id) == ("contribution", contribution.id)
        if is_its and line.is_public and line.from_state and line.to_state in TURNS:
            title, state = TURNS[line.to_state]
            if line.to_state == "published" and line.actor_id is None:
                title = "Published"
            told.append(Step(title, day(line.at), state, quote=line.public_text))
    if contribution.state is ContributionState.PUBLISHED:
        told = sorted([*told, *_out(rows, contribution)], key=lambda step: step.when or rows.today)
    if contribution.state is ContributionState.RECEIVED:
        text = "A person reads it before it is shown, usually within one working day."
        told.append(Step("Waits to be read", state="current", text=text))
    if contribution.state is not ContributionState.PUBLISHED:
        return told
    if rows.is_left_out(contribution):
        return told
    lies = rows.theme_of(contribution)
    is_ahead = rows.dialogue.answer_by >= rows.today
    promise = f"An answer {'is' if is_ahead else 'was'} promised by {show_date(rows.dialogue.answer_by)}."
    answer = Step("You get an answer", state="coming", text=promise)
    if lies is None:
        return [*told, Step("Placed together with ideas like it", state="coming"), answer]
    theme = rows.themes[lies.theme_id]
    told.append(
        Step(
            f"Placed under “{theme.title}”",
            day(lies.placed_at),
            text=_with_others(rows.gathered(theme.id) - 1),
            target=("theme", theme.code),
        )
    )
    told += _happened(rows, theme)
    for decision in rows.in_force(theme.id):
        told += _expected(rows, decision)
    is_answered = bool(rows.in_force(theme.id, power=BodyPower.DECIDES))
    return told if is_answered else [*told, answer]


def _out(rows: Rows, contribution: Contribution) -> list[Step]:
    """From when until when it was left out; out and in and out again on one day is all the time."""
    spans: list[tuple[date, date | None]] = []
    for row in rows.left_out:
        if row.contribution_id == contribution.id:
            since, until = day(row.placed_at), day(row.removed_at) if row.removed_at else None
            if spans and spans[-1][1] == since:
                since = spans.pop()[0]
            spans.append((since, until))
    told = []
    for since, until in spans:
        told.append(Step("Not placed under any theme", since, "stopped", OUT))
        if until:
            told.append(Step("Taken in again", until, text=IN_AGAIN))
    return told


def _with_others(others: int) -> str:
    if others < 1:
        return ""
    return "Together with 1 other like it" if others == 1 else f"Together with {others} others like it"


def _happened(rows: Rows, theme: Theme) -> list[Step]:
    page = ("theme", theme.code)
    heard = [
        Step(f"Discussed by {rows.bodies[one.body_id].name}", one.heard_on, quote=one.said, target=page)
        for one in sorted(rows.hearings, key=lambda one: (one.heard_on, one.id))
        if one.theme_id == theme.id
    ]
    decided = [
        step
        for decision, stands in rows.told_of(theme.id)
        for step in _decided(rows, decision, page, stands=stands)
    ]
    return sorted([*heard, *decided], key=lambda step: step.when or rows.today)


def _decided(rows: Rows, decision: Decision, page: tuple[str, str], *, stands: bool) -> list[Step]:
    body = rows.bodies[decision.body_id]
    recommends = body.power is BodyPower.RECOMMENDS
    by = f"{body.name} recommends this; others decide." if recommends else f"By {body.name}."
    to = rows.organisations[decision.passed_to_id].name if decision.passed_to_id else None
    text = f"{by} Reason: {decision.reason.label}."
    text += f" Passed on to {to}." if to else ""
    text += "" if stands else " It was decided anew later."
    told = [
        Step(
            f"{'Recommended' if recommends else 'Decided'}: {decision.outcome.label}",
            decision.decided_on,
            "stopped" if decision.outcome in NO and not recommends else "done",
            text,
            decision.explanation,
            page,
        )
    ]
    if decision.pass_state is PassState.CONFIRMED:
        told.append(Step(f"{to} has confirmed that they have taken it", day(decision.pass_answered_at)))
    if decision.pass_state is PassState.REFUSED:
        told.append(Step(f"{to} says that it is not theirs", day(decision.pass_answered_at), "stopped"))
    return told + [step for action in rows.following(decision) for step in _did(rows, action)]


def _did(rows: Rows, action: Action) -> list[Step]:
    owner, page = rows.organisations[action.owner_id].name, ("action", action.code)
    text = f"{owner} does it by {show_date(action.due_on)}."
    told = [Step(f"Somebody has said yes: {action.title}", day(action.accepted_at), text=text, target=page)]
    told += [
        Step(f"News: {action.title}", day(update.at), quote=update.text)
        for update in rows.updates
        if update.action_id == action.id and update.is_public
    ]
    if action.state in ENDED:
        state = "stopped" if action.state is ActionState.STOPPED else "done"
        title = f"{action.state.label}: {action.title}"
        told.append(Step(title, action.ended_on, state, quote=action.outcome, target=page))
        if action.changed:
            told.append(Step("What has changed", action.ended_on, quote=action.changed))
    return told


def _expected(rows: Rows, decision: Decision) -> list[Step]:
    told = []
    actions = rows.following(decision)
    for action in actions:
        if action.state not in ENDED:
            due = show_date(action.due_on)
            late = rows.is_late(action) and rows.tells_lateness(action)
            text = f"It was due {due} and is late." if late else f"Due {due}."
            page = ("action", action.code)
            told.append(Step(f"To be done: {action.title}", state="current", text=text, target=page))
    if decision.pass_state is PassState.ASKED:
        to = rows.organisations[decision.passed_to_id].name
        told.append(Step(f"{to} has been asked to confirm it", state="current"))
    if decision.pass_state is PassState.REFUSED:
        told.append(Step("You get another answer", state="coming", text="It is looked at once more."))
    leads = decision.outcome in (DecisionOutcome.TAKE_UP, DecisionOutcome.RESIDENTS)
    if leads and rows.power_of(decision) is BodyPower.DECIDES and not actions:
        text = "It is shown here when the one who is to do it has said yes."
        told.append(Step("An action is agreed", state="coming", text=text))
    return told


# The figures


def count(rows: Rows) -> Count:
    """What "you said – we did" counts of the dialogue."""
    given = [one for one in rows.contributions if one.state in COUNTED]
    unplaced = [
        one
        for one in given
        if one.state is ContributionState.PUBLISHED
        and rows.theme_of(one) is None
        and not rows.is_left_out(one)
    ]
    in_use = [key for key, theme in rows.themes.items() if theme.retired_at is None]
    answers = {key: rows.in_force(key, power=BodyPower.DECIDES) for key in in_use}
    days = [answered_after(rows, one) for one in given if one.kind is ContributionKind.IDEA]
    actions = list(rows.actions.values())
    public = list(filter(rows.is_public, actions))
    finished = (ActionState.DONE, ActionState.PARTLY_DONE)
    due = [
        one
        for one in filter(rows.tells_lateness, public)
        if one.state in finished or (one.state is not ActionState.STOPPED and one.due_on < rows.today)
    ]
    return Count(
        Asked(1, rows.boards, rows.meetings, rows.surveys),
        Heard(
            Counter(one.kind.value for one in given),
            {str(key): rows.gathered(key) for key in rows.themes if rows.gathered(key)},
            len(unplaced),
            Counter(str(one) for one in days if one is not None),
            rows.forms,
        ),
        Did(
            Counter((one.outcome.value, one.reason.value) for found in answers.values() for one in found),
            sum(not found for found in answers.values()),
            Counter(one.state.value for one in public),
            sum(rows.standing(one, in_public=True) is Standing.LATE for one in public),
            len(due),
            sum(one.state in finished and one.ended_on <= one.due_on for one in due),
            residents_say(rows, [one.id for one in public if one.state in finished]),
        ),
        AtDesk(
            Counter(one.state.value for one in actions),
            sum(map(rows.is_late, actions)),
            len(rows.waiting()),
            answered_on(rows, in_use),
        ),
    )


def residents_say(rows: Rows, action_ids: list[int]) -> dict[str, int]:
    """How often each answer was given when residents were asked of these; nothing when they were asked of none."""
    said = Counter(one.answer for one in rows.helped if one.action_id in action_ids)
    return {answer.value: said[answer] for answer in Help} if action_ids else {}


def flow(rows: Rows) -> FlowCount:
    """How each theme was answered, where its actions stand, and how much was left out of all of them."""
    answers: dict[int, set[DecisionOutcome]] = defaultdict(set)
    public: dict[int, dict[int, Standing]] = defaultdict(dict)
    desk: dict[int, dict[int, Standing]] = defaultdict(dict)
    for key in rows.themes:
        if rows.themes[key].retired_at is None:
            answers[key] |= {one.outcome for one in rows.in_force(key, power=BodyPower.DECIDES)}
        follows = {row.action_id for one in rows.in_force(key) for row in rows.ties if _ties(row, one)}
        for action in (rows.actions[one] for one in follows):
            if rows.is_public(action):
                public[key][action.id] = rows.standing(action, in_public=True)
            if action.accepted_at is not None:
                desk[key][action.id] = rows.standing(action, in_public=False)
    themes = {
        key: ThemeCount(frozenset(answers[key]), Counter(public[key].values()), Counter(desk[key].values()))
        for key in rows.themes
        if answers[key] or public[key] or desk[key]
    }
    left_out = [
        one
        for one in rows.contributions
        if one.state is ContributionState.PUBLISHED and rows.is_left_out(one)
    ]
    return FlowCount(themes, _once(public), _once(desk), len(left_out))


def _ties(row: DecisionAction, decision: Decision) -> bool:
    return row.decision_id == decision.id and row.removed_at is None


def _once(by_theme: dict[int, dict[int, Standing]]) -> Counter[Standing]:
    return Counter({key: stands for found in by_theme.values() for key, stands in found.items()}.values())


def answers_over_time(rows: Rows, theme_id: int) -> list[tuple[datetime, datetime | None]]:
    """From when until when each public answer of a body that decides was one about this theme."""
    return [
        (max(row.placed_at, decision.released_at), row.removed_at)
        for row in rows.about
        if row.theme_id == theme_id
        and (decision := rows.decisions[row.decision_id]).released_at is not None
        and rows.power_of(decision) is BodyPower.DECIDES
    ]


def answered_after(rows: Rows, contribution: Contribution) -> int | None:
    """After how many days something given first lay in a theme with an answer; None when it never has."""
    moments = [
        max(lies.placed_at, begins)
        for lies in rows.lies
        if lies.contribution_id == contribution.id
        for begins, ends in answers_over_time(rows, lies.theme_id)
        if (ends is None or ends > lies.placed_at) and (lies.removed_at is None or lies.removed_at > begins)
    ]
    # The database cuts a moment to its day in UTC.
    received = contribution.received_at.date()
    return max(0, (min(moments).date() - received).days) if moments else None


def answered_on(rows: Rows, theme_ids: list[int]) -> date | None:
    """When the last of these themes had its first answer; None while one of them never had any."""
    firsts = [min((begins for begins, _ in answers_over_time(rows, key)), default=None) for key in theme_ids]
    return day(max(firsts)) if firsts and None not in firsts else None

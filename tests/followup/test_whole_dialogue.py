"""A whole dialogue, in whatever order it goes: what everybody is told is what is written down, and nothing else."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dialogue.actions import editing, operations as actions, rules as action_rules
from dialogue.actions.counter import OPERATIONS
from dialogue.actions.editing import Edit, More
from dialogue.actions.models import Action, ActionState
from dialogue.actions.operations import ActionDraft
from dialogue.actions.rules import Step
from dialogue.base import clock, i18n
from dialogue.base.errors import DomainError, NotFound
from dialogue.base.i18n import Translated
from dialogue.boards import moderation, operations as boards
from dialogue.boards.models import Board, Idea, ReturnReason
from dialogue.boards.operations import Draft
from dialogue.dialogues.models import Contribution, ContributionKind, ContributionState, Dialogue
from dialogue.followup import (
    chain,
    deciding,
    gathered,
    hearing,
    helped,
    operations,
    passing,
    queries,
    queries_desk,
    regrouping,
    releasing,
    rules,
    story,
    themes,
)
from dialogue.followup.models import (
    Body,
    BodyPower,
    Decision,
    DecisionOutcome,
    Help,
    Regrouping,
    Theme,
)
from dialogue.meetings import notes
from dialogue.meetings.models import GroupNote
from dialogue.reporting import counting, counting_done
from dialogue.residents import operations as residents
from dialogue.residents.models import Contact, FollowCode
from dialogue.web.house import House
from tests.followup import retelling
from tests.followup.conftest import Round, a_decision
from tests.followup.retelling import Rows
from tests.support.client import Client
from tests.support.make import Make, words

# Whatever number is drawn, it means one of those there are.
WHICH = st.integers(0, 11)
# So many that there are several of each kind, and that all of them stand on one page of the desk.
MOST_GIVEN = 8
SOME = st.lists(WHICH, max_size=3)
POWERS = (BodyPower.DECIDES, BodyPower.DECIDES, BodyPower.RECOMMENDS)
REGROUPINGS = ("place", "place", "take_out", "split", "mark", "unmark", "leave_out", "take_in")
ON_THEMES = ("retire", "restore", "move up", "move down")
ENDS = (ActionState.DONE, ActionState.PARTLY_DONE, ActionState.STOPPED)
STEPS = {**OPERATIONS, Step.EDIT: editing.edit}


@dataclass(frozen=True)
class Standing:
    """Where everything stands, as plain values, and the lines of history that tell of it."""

    contributions: dict[int, str]
    places: dict[int, tuple[int, bool]]
    left_out: dict[int, str]
    themes: dict[int, tuple[Any, ...]]
    hearings: dict[int, Any]
    decisions: dict[int, tuple[Any, ...]]
    in_force: dict[int, tuple[int, ...]]
    actions: dict[int, tuple[Any, ...]]
    lines: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, rows: Rows) -> "Standing":
        tied: dict[int, tuple[int, ...]] = {}
        for row in rows.about:
            if row.removed_at is None:
                tied[row.decision_id] = (*tied.get(row.decision_id, ()), row.theme_id)
        updates = Counter(one.action_id for one in rows.updates)
        return cls(
            {one.id: one.state.value for one in rows.contributions},
            {
                one.contribution_id: (one.theme_id, one.is_minority)
                for one in rows.lies
                if one.removed_at is None
            },
            {one.contribution_id: one.reason for one in rows.left_out if one.removed_at is None},
            {key: (one.retired_at is None,) for key, one in rows.themes.items()},
            {one.id: (one.theme_id, one.said) for one in rows.hearings},
            {key: (one.released_at, one.pass_state) for key, one in rows.decisions.items()},
            tied,
            {
                key: (
                    one.state.value,
                    one.owner_id,
                    one.due_on,
                    one.is_internal,
                    one.title,
                    one.person_email,
                    one.suggested_due_on,
                    one.offered_to_id,
                    one.snoozed_until,
                    updates[key],
                )
                for key, one in rows.actions.items()
            },
            tuple(
                (one.id, one.subject_kind, one.subject_id, one.from_state, one.to_state, one.is_public)
                for one in rows.lines
            ),
        )


class WholeDialogue(RuleBasedStateMachine):
    """Everything that people do with a dialogue, from what they give to what came of it."""

    def __init__(self, make: Make, house: House) -> None:
        super().__init__()
        clock.move_to(timedelta())
        self.make, self.house = make, house
        self.days = 0
        self.number = 0
        self.round = Round(make)
        self.organiser = self.round.organiser
        place = self.round.dialogue.municipality_id
        self.owners = [make.organisation(municipality_id=place) for _ in range(2)]
        self.bodies = [self.round.body(f"Body {key}", power) for key, power in enumerate(POWERS)]
        ideas = [self.round.idea(self.word("Title")) for _ in range(3)]
        _, decided, _ = (self.round.theme(f"Theme {key}", *ideas[key : key + 1]) for key in range(3))
        self.answered: set[int] = set()
        self.taken_back: list[str] = []
        self.people: list[str] = []
        self.was_refused = False
        # What the laws were last held on.
        self.checked: Any = None
        self.seen: tuple[set[int], ...] = (set(), set())
        # Something is there to begin with, all the way to an action, so that no walk is spent on nothing.
        self.round.note(self.word("Note"))
        decision = self.round.decide(decided, body_id=self.bodies[0].id)
        with make.database.writing() as session:
            follows_from = session.get_one(Decision, decision.id)
            action = deciding.propose_action(session, self.organiser, follows_from, self.draft(0, 10))
            actions.accept(session, self.organiser, action, action.revision)
            internal = words(self.word("Internal"))
            actions.report(session, self.organiser, action, action.revision, internal, False)
        with make.database.reading() as session:
            self.before = Standing.of(Rows(session, self.round.dialogue.id))

    def teardown(self) -> None:
        """Look at the pages once everything has been done, and let the clock run as it did."""
        try:
            self.look_at_pages()
        finally:
            clock.move_to(timedelta())

    @contextmanager
    def doing(self) -> Iterator[Session]:
        """Take one step in a transaction of its own. What is refused leaves everything as it was."""
        try:
            with self.make.database.writing() as session:
                yield session
        except DomainError:
            self.was_refused = True

    def key(self) -> str:
        self.number += 1
        return f"{self.round.dialogue.id} {self.number}"

    def word(self, what: str) -> str:
        """Words that stand nowhere else, so that it can be seen where they are shown."""
        return f"{what} {self.round.dialogue.code} {self.key()}."

    def one(self, session: Session, table: Any, which: int, *conditions: Any) -> Any:
        """One of those there are in the dialogue; a step on nothing is none."""
        of_dialogue = table.dialogue_id == self.round.dialogue.id
        ids = session.scalars(select(table.id).where(of_dialogue, *conditions).order_by(table.id)).all()
        if not ids:
            raise NotFound
        return session.get_one(table, ids[which % len(ids)])

    def given(self, session: Session, chosen: Iterable[int]) -> list[str]:
        return [self.one(session, Contribution, which).code for which in chosen]

    # What residents give

    @precondition(lambda self: len(self.seen[0]) < MOST_GIVEN)
    @rule()
    def give_an_idea(self) -> None:
        with self.doing() as session:
            board = session.get_one(Board, self.round.board.id)
            draft = Draft(board.columns[0].id, self.word("Title"), self.word("Wish"), "nb")
            receipt = boards.write_idea(session, board, draft, self.key())
            operations.leave_address(
                session, session.get_one(FollowCode, receipt.follow_code_id), "somebody@example.org", "nb"
            )

    @precondition(lambda self: len(self.seen[0]) < MOST_GIVEN)
    @rule(how=st.sampled_from(["note", "note", "answers"]))
    def give_otherwise(self, how: str) -> None:
        if how == "note":
            self.round.note(self.word("Note"))
        else:
            self.round.answers(self.word("Answer"), self.word("Answer"))

    @rule(which=WHICH, how=st.sampled_from(["publish", "publish", "publish", "return", "undo", "change"]))
    def moderate(self, which: int, how: str) -> None:
        with self.doing() as session:
            given = self.one(session, Contribution, which, Contribution.kind == ContributionKind.IDEA)
            idea = session.get_one(Idea, given.id)
            if how == "publish":
                moderation.publish(session, self.organiser, given.code, idea.revision)
            elif how == "return":
                reason, note = ReturnReason.UNCLEAR, self.word("Why")
                moderation.return_to_writer(session, self.organiser, given.code, idea.revision, reason, note)
            elif how == "undo":
                moderation.undo(session, self.organiser, given.code)
            else:
                draft = Draft(idea.column_id, self.word("Title"), self.word("Wish"), "nb")
                boards.change_idea(session, idea, draft)

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        with self.doing() as session:
            given = self.one(session, Contribution, which, Contribution.kind != ContributionKind.ANSWER)
            if given.kind is ContributionKind.NOTE:
                note = session.get_one(GroupNote, given.id)
                self.taken_back.append(note.text)
                notes.take_back(session, self.organiser, note)
                return
            idea = session.get_one(Idea, given.id)
            self.taken_back += [idea.title, idea.text]
            operations.withdraw(session, given, boards.erase)

    # Condensing

    @rule(what=st.sampled_from(REGROUPINGS), which=WHICH, chosen=SOME, is_undone=st.booleans())
    def regroup(self, what: str, which: int, chosen: list[int], is_undone: bool) -> None:
        with self.can_be_undone(is_undone), self.doing() as session:
            theme, codes = self.one(session, Theme, which), self.given(session, chosen)
            match what:
                case "split":
                    themes.split(session, self.organiser, theme, codes, words("Split"), self.key())
                case "leave_out":
                    reason = self.word("Greeting")
                    regrouping.leave_out(session, self.organiser, theme.dialogue, codes, reason)
                case "take_in":
                    regrouping.take_in(session, self.organiser, theme.dialogue, codes)
                case "mark" | "unmark":
                    getattr(regrouping, what)(session, self.organiser, theme, codes)
                case _:
                    getattr(themes, what)(session, self.organiser, theme, codes)

    @rule(which=WHICH, other=WHICH, is_undone=st.booleans())
    def merge(self, which: int, other: int, is_undone: bool) -> None:
        with self.can_be_undone(is_undone), self.doing() as session:
            in_use = Theme.retired_at.is_(None)
            source, target = (self.one(session, Theme, one, in_use) for one in (which, other))
            themes.merge(session, self.organiser, source, target)

    @contextmanager
    def can_be_undone(self, is_undone: bool) -> Iterator[None]:
        known = self.last_step()
        yield
        if is_undone and self.last_step() != known:
            self.undo_at_once()

    def undo_at_once(self) -> None:
        """The last step can always be undone, and then everything lies as it did."""
        before = self.before
        self.hold()
        with self.make.database.writing() as session:
            regrouping.undo(session, self.organiser, session.get_one(Regrouping, self.last_step()))
        self.hold()
        after = self.before
        assert (after.places, after.left_out, after.in_force) == (
            before.places,
            before.left_out,
            before.in_force,
        )
        made = after.themes.keys() - before.themes.keys()
        assert after.themes == before.themes | dict.fromkeys(made, (False,))

    @rule(which=WHICH, what=st.sampled_from(ON_THEMES))
    def put_away_or_move(self, which: int, what: str) -> None:
        with self.doing() as session:
            theme = self.one(session, Theme, which)
            if what.startswith("move"):
                themes.move(session, self.organiser, theme, up=what.endswith("up"))
            else:
                getattr(themes, what)(session, self.organiser, theme)

    @rule(back=st.integers(1, 3))
    def undo(self, back: int) -> None:
        with self.doing() as session:
            is_done = Regrouping.undone_at.is_(None)
            regrouping.undo(session, self.organiser, self.one(session, Regrouping, -back, is_done))

    def last_step(self) -> int | None:
        with self.make.database.reading() as session:
            mine = Regrouping.dialogue_id == self.round.dialogue.id
            return session.scalar(select(func.max(Regrouping.id)).where(mine))

    # Deciding

    @rule(
        # Mostly about the theme that has an answer, and by the body that gave it.
        which=st.sampled_from([1, 1, 1, 0, 2]),
        outcome=st.sampled_from(DecisionOutcome),
        body=st.sampled_from([0, 0, 1, 2]),
        when=st.sampled_from(["now", "now", "together", "later"]),
    )
    def decide(self, which: int, outcome: DecisionOutcome, body: int, when: str) -> None:
        with self.doing() as session:
            draft = a_decision(
                outcome=outcome,
                body_id=self.bodies[body].id,
                passed_to_id=self.owners[0].id if outcome is DecisionOutcome.PASS_ON else None,
                explanation=words(self.word("Reasoned")),
                is_held=when == "together",
                public_from=clock.now() + timedelta(days=1) if when == "later" else None,
            )
            deciding.decide(session, self.organiser, self.one(session, Theme, which), draft, self.key())

    @rule(which=WHICH, how=st.sampled_from(["one", "all", "due"]))
    def release(self, which: int, how: str) -> None:
        if how == "due":
            releasing.release_due(self.make.database)
            return
        with self.doing() as session:
            if how == "one":
                releasing.publish_now(
                    session,
                    self.organiser,
                    self.one(session, Decision, which, Decision.released_at.is_(None)),
                )
            else:
                dialogue = session.get_one(Dialogue, self.round.dialogue.id)
                releasing.release_all(session, self.organiser, dialogue)

    @rule(which=WHICH, body=st.integers(0, len(POWERS) - 1), days=st.integers(0, 3))
    def hear(self, which: int, body: int, days: int) -> None:
        with self.doing() as session:
            found = [self.one(session, Theme, which)]
            heard_on = clock.today() - timedelta(days)
            there, said = session.get_one(Body, self.bodies[body].id), words(self.word("Said"))
            hearing.hear(session, self.organiser, found, there, heard_on, said)

    @rule(which=WHICH, said=st.sampled_from(passing.ANSWERS))
    def answer_what_was_passed_on(self, which: int, said: Any) -> None:
        with self.doing() as session:
            one = self.one(session, Decision, which, Decision.pass_state.is_not(None))
            passing.note_answer(session, self.organiser, one, said, self.word("Reply"))

    # Doing

    @rule(which=WHICH, owner=st.integers(0, 1), days=st.integers(0, 20), is_internal=st.booleans())
    def propose_what_follows(self, which: int, owner: int, days: int, is_internal: bool) -> None:
        with self.doing() as session:
            decision = self.one(session, Decision, which)
            draft = self.draft(owner, days, is_internal=is_internal and not days % 3)
            deciding.propose_action(session, self.organiser, decision, draft)

    @rule(owner=st.integers(0, 1), days=st.integers(0, 20))
    def propose_by_itself(self, owner: int, days: int) -> None:
        with self.doing() as session:
            dialogue = session.get_one(Dialogue, self.round.dialogue.id)
            actions.propose(session, self.organiser, dialogue, self.draft(owner, days))

    def draft(self, owner: int, days: int, *, is_internal: bool = False) -> ActionDraft:
        return ActionDraft(
            words(self.word("Action")),
            words("Many asked."),
            self.owners[owner].id,
            Translated(),
            clock.today() + timedelta(days),
            is_internal,
            self.key(),
        )

    @rule(which=WHICH, what=st.integers(0, 30), days=st.integers(0, 20), end=st.sampled_from(ENDS))
    def go_on(self, which: int, what: int, days: int, end: ActionState) -> None:
        with self.doing() as session:
            action = self.one(session, Action, which)
            possible = action_rules.steps(self.organiser, action)
            step = possible[what % len(possible)]
            values = self.said(action, step, days, end)
            STEPS[step](session, self.organiser, action, action.revision, *values)

    def said(self, action: Action, step: Step, days: int, end: ActionState) -> tuple[Any, ...]:
        """What somebody fills in for a step with an action."""
        day, is_even = clock.today() + timedelta(days), days % 2 == 0
        match step:
            case Step.SUGGEST_DATE | Step.SNOOZE:
                return day, self.word("Reply")
            case Step.DECLINE:
                return (self.word("Reply"),)
            case Step.REPORT:
                return words(self.word("News" if is_even else "Internal")), is_even
            case Step.FINISH:
                changed = words(self.word("Changed")) if is_even else Translated()
                return end, words(self.word("Came")), actions.Found(changed=changed)
            case Step.PROPOSE_ANEW:
                return self.owners[is_even].id, day
            case Step.SHOW:
                return (is_even,)
            case Step.HAND_OVER:
                person = (f"Kari {self.word('Person')}", f"kari{self.number}@example.org")
                self.people += person
                return person
            case Step.OFFER:
                return next(one.id for one in self.owners if one.id != action.owner_id), self.word("Reply")
            case Step.AGREE_OFFER:
                return (day,)
            case Step.EDIT:
                return (Edit(words(self.word("Action")), action.why, action.owner_role, More()),)
            case _:
                return ()

    @rule(owner=st.integers(0, 1), shows=st.booleans())
    def choose_about_lateness(self, owner: int, shows: bool) -> None:
        with self.doing() as session:
            session.merge(self.owners[owner]).shows_lateness = shows

    @rule(which=WHICH, who=WHICH, said=st.sampled_from(Help))
    def say_whether_it_helped(self, which: int, who: int, said: Help) -> None:
        with self.doing() as session:
            codes = session.scalars(
                select(Contribution.follow_code_id)
                .where(
                    Contribution.dialogue_id == self.round.dialogue.id,
                    Contribution.follow_code_id.is_not(None),
                    Contribution.state == ContributionState.PUBLISHED,
                )
                .order_by(Contribution.id)
            ).all()
            if codes:
                voter = helped.holder(codes[who % len(codes)])
                helped.answer(session, self.one(session, Action, which), voter, said, self.word("Word"), "nb")

    @rule(days=st.integers(1, 15))
    def days_pass(self, days: int) -> None:
        self.days += days
        clock.move_to(timedelta(days=self.days))

    # What always holds

    @invariant()
    def hold(self) -> None:
        """Hold the laws on what is written down now."""
        with self.make.database.reading() as session, i18n.speaking("en"):
            rows = Rows(session, self.round.dialogue.id)
            self.check_history(rows)
            if self.checked == (
                now := (self.before, rows.today, *map(rows.tells_lateness, rows.actions.values()))
            ):
                return
            self.checked = now
            self.check_places(session, rows)
            self.check_answers(session, rows)
            self.check_stories(session, rows)
            self.check_origins(session, rows)
            self.check_figures(session, rows)

    def check_history(self, rows: Rows) -> None:
        """Nothing changes where it stands without a new line of history, and old lines stay as they are."""
        was, now = self.before, Standing.of(rows)
        assert now == was or not self.was_refused
        self.before, self.was_refused = now, False
        assert now.lines[: len(was.lines)] == was.lines
        new = now.lines[len(was.lines) :]
        told = {(kind, key) for _, kind, key, *_ in new}
        kinds = {kind for kind, _ in told}
        kinds_given = {one.id: one.kind for one in rows.contributions}
        for key, state in now.contributions.items():
            is_answer = kinds_given[key] is ContributionKind.ANSWER
            before = was.contributions.get(key, "")
            if before != state and not (is_answer and "survey" in kinds):
                assert way(new, "contribution", key) == (before, state)
        for key in changed(was.places, now.places) | changed(was.left_out, now.left_out):
            lay = {place[0] for one in (was, now) if (place := one.places.get(key))}
            assert ("contribution", key) in told or {("theme", theme) for theme in lay} & told
        for kind, before, after in (
            ("theme", was.themes, now.themes),
            ("hearing", dict.fromkeys(was.hearings), dict.fromkeys(now.hearings)),
            ("action", was.actions, now.actions),
        ):
            assert {(kind, key) for key in changed(before, after)} <= told
        for key, (state, *_) in now.actions.items():
            if was.actions.get(key) != now.actions[key]:
                before = was.actions[key][0] if key in was.actions else ""
                assert way(new, "action", key) == (before, state)
        for key in changed(was.decisions, now.decisions):
            decision = rows.decisions[key]
            released, passed = was.decisions.get(key, (None, None))
            kind = rules.SUBJECTS[rows.power_of(decision)]
            lines = [line[3:] for line in new if line[1:3] == (kind, key)]
            assert lines
            if released != decision.released_at:
                assert (decision.outcome.value, True) in [line[1:] for line in lines]
            if passed != decision.pass_state:
                before = passed.value if passed else ""
                assert (before, decision.pass_state.value) in [line[:2] for line in lines]
        if changed(was.in_force, now.in_force):
            assert kinds & {"theme", *rules.SUBJECTS.values()}

    def check_places(self, session: Session, rows: Rows) -> None:
        """Everything lies in one theme, or is left out, or waits; nothing that was given is ever gone."""
        lying = {row.contribution_id for row in rows.lies if row.removed_at is None}
        out = {row.contribution_id for row in rows.left_out if row.removed_at is None}
        assert len([row for row in rows.lies if row.removed_at is None]) == len(lying)
        assert not lying & out
        published = {one.id for one in rows.contributions if one.state is ContributionState.PUBLISHED}
        waiting = gathered.unplaced(session, self.round.dialogue.id)
        assert {one.contribution.id for one in waiting.items} == published - lying - out
        counted = queries.not_placed(session, rows.dialogue)
        assert (counted.total, counted.left_out) == (len(published - lying - out), len(published & out))
        for key, theme in rows.themes.items():
            assert theme.retired_at is None or not any(
                row.theme_id == key and row.removed_at is None for row in (*rows.lies, *rows.about)
            )
        seen = ({one.id for one in rows.contributions}, {row.id for row in rows.lies})
        assert all(before <= now for before, now in zip(self.seen, seen, strict=True))
        self.seen = seen
        self.check_taken_back(session, rows)

    def check_taken_back(self, session: Session, rows: Rows) -> None:
        """What was taken back has no words any more, and whoever has nothing left leaves no address behind."""
        gone = [one for one in rows.contributions if one.state is ContributionState.WITHDRAWN]
        ids = [one.id for one in gone]
        ideas = session.execute(select(Idea.title, Idea.text).where(Idea.contribution_id.in_(ids)))
        said = session.scalars(select(GroupNote.text).where(GroupNote.contribution_id.in_(ids)))
        assert not any(text for texts in (*ideas, *([text] for text in said)) for text in texts)
        codes = {one.follow_code_id for one in gone} - {None}
        codes -= {one.follow_code_id for one in rows.contributions if one not in gone}
        assert not session.scalar(
            select(func.count()).select_from(Contact).where(Contact.follow_code_id.in_(codes))
        )
        for code in codes:
            said_of = helped.answers_of(session, rows.actions, helped.holder(code))
            assert not any(one.word for one in said_of.values())

    def check_answers(self, session: Session, rows: Rows) -> None:
        """Each body has one answer about a theme, and at most one that is not public yet besides.

        What was public is so until the same body's next answer is. A decision has one public line of history
        exactly when it is public, and what follows from it waits until then.
        """
        for key in rows.themes:
            present = [
                rows.decisions[row.decision_id]
                for row in rows.about
                if row.theme_id == key and row.removed_at is None
            ]
            by_body = Counter((one.body_id, one.released_at is None) for one in present)
            assert max(by_body.values(), default=1) == 1
        public = {one.id for key in rows.themes for one in rows.in_force(key)}
        for gone in self.answered - public:
            old = rows.decisions[gone]
            assert any(
                one.body_id == old.body_id and one.id > old.id and one.released_at
                for one in rows.decisions.values()
            )
        self.answered |= public
        for key, decision in rows.decisions.items():
            about = (rules.SUBJECTS[rows.power_of(decision)], key, decision.outcome.value)
            lines = [
                line.is_public
                for line in rows.lines
                if (line.subject_kind, line.subject_id, line.to_state) == about
            ]
            assert lines
            assert sum(lines) == (decision.released_at is not None)
        for tie in rows.ties:
            if tie.removed_at is None:
                is_public = rows.decisions[tie.decision_id].released_at is not None
                assert rows.actions[tie.action_id].waits_for_decision is not is_public

    def check_stories(self, session: Session, rows: Rows) -> None:
        """Everybody is told what is written down: every step, with its date, in its order, and no other."""
        records = chain.records(session, rows.contributions)
        for given in rows.contributions:
            told = story.steps(records[given.id], rows.today)
            assert told == retelling.story(rows, given)
            assert stands(told) == [self.where_it_stands(rows, given)]
        for found in queries.stories(session, list(rows.themes.values())):
            told_of = [(one.code, stands) for one, stands in rows.told_of(found.theme.id)]
            assert [(one.code, one.in_force) for one in found.decisions] == told_of
            assert found.total == rows.gathered(found.theme.id)

    def where_it_stands(self, rows: Rows, given: Contribution) -> str:
        """The one state in which something given is."""
        if given.state is not ContributionState.PUBLISHED:
            return given.state.value
        lies = rows.theme_of(given)
        if rows.is_left_out(given):
            return "left out"
        if lies is None:
            return "waits for a theme"
        is_answered = rows.in_force(lies.theme_id, power=BodyPower.DECIDES)
        return "answered" if is_answered else "waits for an answer"

    def check_origins(self, session: Session, rows: Rows) -> None:
        """Every public action leads back to the decisions and themes that it comes from, each once."""
        for action in filter(rows.is_public, rows.actions.values()):
            found = [
                (one.decision.code, one.theme.code, one.total) for one in queries.origins(session, action.id)
            ]
            assert sorted(found) == rows.origins(action)
            tied = {row.decision_id for row in rows.ties if row.action_id == action.id}
            assert bool(found) == bool(tied)
        at_desk: Counter[int] = Counter()
        for key in rows.themes:
            for following in queries_desk.actions_after(session, key).values():
                at_desk.update(action.id for action in following)
        assert at_desk == Counter(row.action_id for row in rows.ties if row.removed_at is None)

    def check_figures(self, session: Session, rows: Rows) -> None:
        """What is counted is what is there, whatever was taken back, moved or decided anew."""
        ids = [self.round.dialogue.id]
        assert counting.count(session, ids)[ids[0]] == retelling.count(rows)
        assert counting_done.flows(session, ids)[ids[0]] == retelling.flow(rows)

    def look_at_pages(self) -> None:
        """Nothing that is not for everybody stands on a page that everybody can open."""
        self.house.pages.clear()
        with self.make.database.reading() as session:
            rows = Rows(session, self.round.dialogue.id)
            ours = self.round.dialogue.code
            hidden = [*self.people, *filter(None, self.taken_back)]
            hidden += [f"{what} {ours}" for what in ("Internal", "Reply", "Greeting", "Person")]
            hidden += [one.explanation.get("en") for one in rows.waiting()]
            hidden += [one.title.get("en") for one in rows.actions.values() if not rows.is_public(one)]
            ideas = select(Idea.title).join(Idea.contribution)
            unseen = session.scalars(
                ideas.where(
                    Contribution.dialogue_id == self.round.dialogue.id,
                    Contribution.state != ContributionState.PUBLISHED,
                    Idea.title != "",
                )
            ).all()
            codes = {one.follow_code for one in rows.contributions if one.follow_code is not None}
            follow = [residents.follow_path(residents.printed_code(code), "en") for code in codes]
            public = [f"/en/themes/{one.code}" for one in rows.themes.values()]
            public += [f"/en/actions/{one.code}" for one in rows.actions.values() if rows.is_public(one)]
            public.append(f"/en/dialogues/{ours}/what-came-of-it")
        client = Client(self.house)
        for paths, unwanted in ((follow, hidden), (public, [*hidden, *unseen])):
            for path in paths:
                page = client.get(path)
                assert page.status == 200
                shown = page.text
                assert not [text for text in unwanted if text in shown]


def changed(before: dict[int, Any], after: dict[int, Any]) -> set[int]:
    """The keys of what is not as it was."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def way(lines: tuple[tuple[Any, ...], ...], kind: str, key: int) -> tuple[str, str] | None:
    """From which state to which the lines lead that tell of one thing, when each begins where the last ended."""
    moves = [line[3:5] for line in lines if line[1:3] == (kind, key)]
    joined = all(one[1] == other[0] for one, other in pairwise(moves))
    return (moves[0][0], moves[-1][1]) if moves and joined else None


def stands(told: list[story.Step]) -> list[str]:
    """In which states something stands, as the follow page shows them."""
    steps = {(step.title, step.state) for step in told}
    last = (told[-1].title, told[-1].state)
    is_placed = any(step.title.startswith("Placed under") for step in told)
    waits = ("You get an answer", "coming") in steps
    out = Counter(step.title for step in told)
    is_out = out["Not placed under any theme"] > out["Taken in again"]
    shown = {
        "left out": is_out,
        "received": ("Waits to be read", "current") in steps,
        "returned": last == ("Not published", "stopped"),
        "withdrawn": last == ("You took it back", "stopped"),
        "waits for a theme": ("Placed together with ideas like it", "coming") in steps,
        "waits for an answer": is_placed and waits,
        "answered": is_placed and not waits,
    }
    return [name for name, is_shown in shown.items() if is_shown]


def test_whatever_happens_in_a_dialogue_everybody_is_told_what_is_written_down(make, house):
    run_state_machine_as_test(
        lambda: WholeDialogue(make, house),
        # The same walks each time, so that what is red is red again.
        settings=settings(max_examples=10, stateful_step_count=40, derandomize=True),
    )

"""A whole board, in whatever order people use it: nothing given is lost, nobody counts twice, and nothing that is
hidden is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.base import clock
from dialogue.base.errors import DomainError
from dialogue.boards import counting, keeping, moderation, operations, rules, stages, support
from dialogue.boards.keeping import BoardPlan, ColumnPlan
from dialogue.boards.models import Board, BoardStage, Given, Idea, ReturnReason, Support, SupportKind
from dialogue.boards.operations import Draft
from dialogue.boards.walls import TERMS, BoardWall
from dialogue.dialogues.models import Contribution, ContributionState as State, Dialogue
from dialogue.followup import operations as followup, regrouping, themes
from dialogue.followup.models import Regrouping, Theme
from dialogue.residents import operations as residents
from dialogue.web.house import House
from tests.followup.conftest import Round
from tests.support.client import Client
from tests.support.make import Make, words

WHICH = st.integers(0, 11)
MOST_GIVEN = 10
DEVICES = ("one phone", "another phone", "a tablet")
STANCES = (Given.AGREE, Given.DISAGREE, Given.PASS)
# The guard finds it, so somebody reads the idea on every wall.
PHONE = "Ring 900 90 900."


# The steps, with what is drawn for each; those that people take most are there several times.
DRAWN: dict[str, tuple[st.SearchStrategy[Any], ...]] = {
    "write": (st.integers(0, 1), st.booleans()),
    "comment": (WHICH, st.booleans()),
    "change": (WHICH, st.booleans()),
    "withdraw": (WHICH,),
    "give_support": (WHICH, st.sampled_from(DEVICES), st.sampled_from(STANCES)),
    "take_support_back": (WHICH, st.sampled_from(DEVICES)),
    "moderate": (
        WHICH,
        st.integers(0, 1),
        st.sampled_from(["publish", "publish", "publish", "publish", "return", "undo"]),
    ),
    "move_on": (st.sampled_from([1, 1, 1, -1, 2]),),
    "no_stage_is_reached_that_the_board_does_not_go_through": (st.sampled_from(BoardStage),),
    "show_the_hidden_column": (),
    "choose_how_support_is_given": (st.sampled_from(SupportKind),),
    "gather": (
        st.sampled_from(["place", "split", "merge", "leave_out", "undo"]),
        WHICH,
        WHICH,
        st.lists(WHICH, max_size=3),
    ),
}
OFTEN = {"write": 3, "give_support": 8, "moderate": 6, "gather": 3, "move_on": 2, "take_support_back": 2}
STEPS = [what for what in DRAWN for _time in range(OFTEN.get(what, 1))]


@dataclass
class Written:
    """What one resident has given and where it should stand, told without the product's own rules."""

    code: str
    follow_code: str
    title: str
    text: str
    column: int
    state: State
    is_cleared: bool = False
    # The key of the idea that it is a comment on.
    about: int | None = None

    @property
    def has_findings(self) -> bool:
        return PHONE in self.text


class WholeBoard(RuleBasedStateMachine):
    """Several people on one board: residents, two moderators, an organiser and those who gather its ideas."""

    def __init__(self, make: Make, house: House) -> None:
        super().__init__()
        self.make, self.house = make, house
        self.round = Round(make)
        self.moderators = [self.round.organiser, make.actor()]
        self.number = 0
        self.given: dict[int, Written] = {}
        # What each device has said of each idea: a dot of either sort, or a stance.
        self.dots: set[tuple[str, int]] = set()
        self.counted: set[tuple[str, int]] = set()
        self.stances: dict[tuple[str, int], Given] = {}

    @initialize(wall=st.sampled_from(BoardWall), in_stages=st.booleans(), is_hidden=st.booleans())
    def set_up(self, wall: BoardWall, in_stages: bool, is_hidden: bool) -> None:
        plan = BoardPlan(
            words("Evening"),
            words("Short is fine."),
            [ColumnPlan(words("Now"), 1), ColumnPlan(words("Later"), 2, is_hidden=is_hidden)],
            wall,
            in_stages=in_stages,
            takes_comments=True,
        )
        with self.make.database.writing() as session:
            dialogue = session.get_one(Dialogue, self.round.dialogue.id)
            board = keeping.make_board(session, self.round.organiser, dialogue, plan, "board")
        self.board_id, self.board_code, self.plan = board.id, board.code, plan
        self.columns = [column.id for column in board.columns]
        self.terms, self.hidden = TERMS[wall], {self.columns[1]} if is_hidden else set()
        self.is_revealed = not self.terms.keeps_back
        self.kind = SupportKind.DOT
        self.round.theme("Light")
        # Something is there to begin with, so that no walk is spent on nothing.
        for column, has_phone in ((0, False), (1, False), (0, True)):
            self.write(column, has_phone)

    @contextmanager
    def doing(self) -> Iterator[tuple[Session, Board]]:
        """Take one step in a transaction of its own; what is refused must leave everything as it was."""
        with self.make.database.writing() as session:
            yield session, session.get_one(Board, self.board_id)

    def may(self, step: Any) -> bool:
        """Whether a step was taken rather than refused."""
        try:
            with self.doing() as (session, board):
                step(session, board)
        except DomainError:
            return False
        return True

    def word(self, what: str) -> str:
        self.number += 1
        return f"{what} {self.board_code} {self.number}."

    def one(self, which: int, *states: State) -> int | None:
        """One of the ideas in these states, or of all."""
        ids = [key for key, one in self.given.items() if not states or one.state in states]
        return ids[which % len(ids)] if ids else None

    def let_through(self, one: Written) -> None:
        """What nobody has to read, or somebody has read, is shown now or at the reveal."""
        if not self.is_revealed or one.column in self.hidden:
            one.is_cleared = True
        else:
            one.state, one.is_cleared = State.PUBLISHED, False

    @rule(data=st.data(), what=st.sampled_from(STEPS))
    def act(self, data: st.DataObject, what: str) -> None:
        """One step of somebody's. A single rule, so that each walk has steps of every kind."""
        getattr(self, what)(*(data.draw(drawn) for drawn in DRAWN[what]))

    # Residents

    def write(self, column: int, has_phone: bool) -> None:
        if len(self.given) >= MOST_GIVEN:
            return
        title, text = self.word("Title"), self.word("Wish") + (PHONE if has_phone else "")
        draft, key = Draft(self.columns[column], title, text, "nb"), self.word("key")
        with self.make.database.reading() as session:
            is_open = rules.takes_ideas(session.get_one(Board, self.board_id), clock.now())
        receipts = []
        for _twice in range(2):
            self.may(
                lambda session, board: receipts.append(operations.write_idea(session, board, draft, key))
            )
        assert [receipt.is_new for receipt in receipts] == ([True, False] if is_open else [])
        if not is_open:
            return
        with self.make.database.reading() as session:
            mine = Contribution.follow_code_id == receipts[0].follow_code_id
            stored = session.scalars(select(Contribution).where(mine)).one()
        one = Written(stored.code, receipts[0].code, title, text, draft.column_id, State.RECEIVED)
        self.given[stored.id] = one
        if not self.terms.reads_first and not has_phone:
            self.let_through(one)

    def comment(self, which: int, has_phone: bool) -> None:
        key = self.one(which, State.PUBLISHED)
        if key is None or len(self.given) >= MOST_GIVEN:
            return
        about, text, receipts = self.given[key], self.word("Wish") + (PHONE if has_phone else ""), []
        with self.make.database.reading() as session:
            is_open = rules.takes_comments(session.get_one(Board, self.board_id), clock.now())
        self.may(
            lambda session, _board: receipts.append(
                operations.comment(session, session.get_one(Idea, key), text, "nb", self.word("key"))
            )
        )
        assert bool(receipts) is (is_open and about.about is None)
        if not receipts:
            return
        with self.make.database.reading() as session:
            mine = Contribution.follow_code_id == receipts[0].follow_code_id
            stored = session.scalars(select(Contribution).where(mine)).one()
        one = Written(stored.code, receipts[0].code, "", text, about.column, State.RECEIVED, about=key)
        self.given[stored.id] = one
        if not self.terms.reads_first and not has_phone:
            self.let_through(one)

    def change(self, which: int, has_phone: bool) -> None:
        key = self.one(which)
        if key is None:
            return
        one = self.given[key]
        title = "" if one.about else self.word("Title")
        text = self.word("Wish") + (PHONE if has_phone else "")
        draft = Draft(one.column, title, text, "nb", comment_on_id=one.about)
        could = self.may(
            lambda session, _board: operations.change_idea(session, session.get_one(Idea, key), draft)
        )
        assert could is (one.state in {State.RECEIVED, State.RETURNED})
        if could:
            one.title, one.text, one.state, one.is_cleared = title, text, State.RECEIVED, False
            is_kept_back = not self.is_revealed or one.column in self.hidden
            if not self.terms.reads_first and not has_phone and is_kept_back:
                one.is_cleared = True

    def withdraw(self, which: int) -> None:
        key = self.one(which)
        if key is None:
            return
        one = self.given[key]
        could = self.may(
            lambda session, _board: followup.withdraw(
                session, session.get_one(Contribution, key), operations.erase
            )
        )
        if could:
            one.state, one.title, one.text, one.is_cleared = State.WITHDRAWN, "", "", False
            for said in (self.dots, self.counted, self.stances):
                for device_and_idea in [entry for entry in said if entry[1] == key]:
                    said.discard(device_and_idea) if isinstance(said, set) else said.pop(device_and_idea)

    def give_support(self, which: int, device: str, answer: Given) -> None:
        stance = answer if self.kind is SupportKind.STANCE else None
        # Mostly of one that can be supported.
        key = self.one(which) if not which % 4 else self.one(which, State.PUBLISHED)
        if key is None:
            return
        code = self.given[key].code
        taken = []
        if stance is None:
            self.may(lambda session, _board: taken.append(support.give(session, code, device)))
        else:
            self.may(lambda session, _board: taken.append(support.take_stance(session, code, device, stance)))
        if not (self.can_be_supported(key) and self.takes_support()):
            assert not taken
            return
        mark = (device, key)
        if stance is not None:
            assert taken == [self.stances.get(mark) is not stance]
            self.stances[mark] = stance
        elif mark in self.dots | self.counted:
            assert taken == [False]
        elif self.kind is SupportKind.DOT:
            assert taken == [True]
            self.dots.add(mark)
        elif taken:
            assert taken == [True]
            self.counted.add(mark)
        else:
            assert sum(entry[0] == device for entry in self.counted) >= 2

    def take_support_back(self, which: int, device: str) -> None:
        key = self.one(which)
        if key is None:
            return
        taken: list[bool] = []
        code, mark = self.given[key].code, (device, key)
        self.may(lambda session, _board: taken.append(support.take_back(session, code, device)))
        if not (self.can_be_supported(key) and self.takes_support()):
            assert not taken
            return
        had = mark in (self.stances if self.kind is SupportKind.STANCE else self.dots | self.counted)
        assert taken == [had]
        if self.kind is SupportKind.STANCE:
            self.stances.pop(mark, None)
        else:
            self.dots.discard(mark)
            self.counted.discard(mark)

    def can_be_supported(self, key: int) -> bool:
        return self.given[key].state is State.PUBLISHED and self.given[key].about is None

    def takes_support(self) -> bool:
        with self.make.database.reading() as session:
            return rules.takes_support(session.get_one(Board, self.board_id), clock.now())

    # Moderators

    def moderate(self, which: int, who: int, what: str) -> None:
        key = self.one(which)
        if key is None:
            return
        one, moderator = self.given[key], self.moderators[who]

        def step(session: Session, _board: Board) -> None:
            revision = session.get_one(Idea, key).revision
            if what == "publish":
                moderation.publish(session, moderator, one.code, revision)
            elif what == "return":
                note = self.word("Note")
                moderation.return_to_writer(
                    session, moderator, one.code, revision, ReturnReason.UNCLEAR, note
                )
            else:
                moderation.undo(session, moderator, one.code)

        from_states = {
            "publish": {State.RECEIVED},
            "return": {State.RECEIVED, State.PUBLISHED},
            "undo": {State.PUBLISHED, State.RETURNED},
        }[what]
        could = self.may(step)
        assert could is (one.state in from_states)
        if could and what == "publish":
            self.let_through(one)
        elif could:
            one.state = State.RETURNED if what == "return" else State.RECEIVED
            one.is_cleared = False

    # The organiser

    def move_on(self, steps: int) -> None:
        """To a stage that comes after, from the last to the first again, so that no walk ends where all is closed."""
        with self.doing() as (session, board):
            order = rules.stages(board)
            stage = order[(order.index(board.stage) + steps) % len(order)]
            stages.move(session, self.round.organiser, board, stage)
        if BoardStage.REVEAL in order and order.index(stage) >= order.index(BoardStage.REVEAL):
            self.is_revealed = True
            self.show_what_is_cleared()

    def no_stage_is_reached_that_the_board_does_not_go_through(self, stage: BoardStage) -> None:
        with self.make.database.reading() as session:
            board = session.get_one(Board, self.board_id)
            order, now = rules.stages(board), board.stage
        if stage not in order:
            assert not self.may(
                lambda session, board: stages.move(session, self.round.organiser, board, stage)
            )
            with self.make.database.reading() as session:
                assert session.get_one(Board, self.board_id).stage is now

    def show_the_hidden_column(self) -> None:
        self.may(
            lambda session, board: stages.show_column(session, self.round.organiser, board, self.columns[1])
        )
        self.hidden = set()
        self.show_what_is_cleared()

    def show_what_is_cleared(self) -> None:
        for one in self.given.values():
            if one.is_cleared and one.state is State.RECEIVED:
                self.let_through(one)

    def choose_how_support_is_given(self, kind: SupportKind) -> None:
        with self.doing() as (session, board):
            support.change_kind(session, board, kind, 2)
        self.kind = kind

    # Those who gather

    def gather(self, what: str, theme: int, other: int, chosen: list[int]) -> None:
        codes = [self.given[key].code for which in chosen if (key := self.one(which)) is not None]

        def step(session: Session, board: Board) -> None:
            mine = select(Theme).where(Theme.dialogue_id == board.dialogue_id).order_by(Theme.id)
            there = session.scalars(mine).all()
            organiser = self.round.organiser
            source, target = there[theme % len(there)], there[other % len(there)]
            match what:
                case "place":
                    themes.place(session, organiser, source, codes)
                case "split":
                    themes.split(session, organiser, source, codes, words("Split"), self.word("key"))
                case "merge":
                    themes.merge(session, organiser, source, target)
                case "leave_out":
                    regrouping.leave_out(session, organiser, board.dialogue, codes, "Greeting")
                case _:
                    steps = select(Regrouping).where(
                        Regrouping.dialogue_id == board.dialogue_id, Regrouping.undone_at.is_(None)
                    )
                    last = session.scalars(steps.order_by(Regrouping.id.desc()).limit(1)).first()
                    if last is not None:
                        regrouping.undo(session, organiser, last)

        self.may(step)

    # What always holds

    @invariant()
    def everything_given_is_there_as_it_was_written(self) -> None:
        with self.make.database.reading() as session:
            rows = session.execute(
                select(
                    Contribution.id,
                    Contribution.state,
                    Idea.title,
                    Idea.text,
                    Idea.published_at,
                    Idea.cleared_at,
                )
                .join(Idea, Idea.contribution_id == Contribution.id)
                .where(Contribution.dialogue_id == self.round.dialogue.id)
            ).all()
        assert {
            key: (state, title, text, published is not None, cleared is not None)
            for key, state, title, text, published, cleared in rows
        } == {
            key: (one.state, one.title, one.text, one.state is State.PUBLISHED, one.is_cleared)
            for key, one in self.given.items()
        }

    @invariant()
    def what_is_counted_is_what_was_given_by_each_device_once(self) -> None:
        with self.make.database.reading() as session:
            ideas = session.scalars(select(Idea).where(Idea.board_id == getattr(self, "board_id", 0))).all()
            rows = session.execute(select(Support.idea_id, Support.given)).all()
        for idea in ideas:
            if self.given[idea.contribution_id].state is State.WITHDRAWN:
                continue
            key = idea.contribution_id
            dots = sum(mark[1] == key for mark in self.dots | self.counted)
            said = [stance for mark, stance in self.stances.items() if mark[1] == key]
            agreed = said.count(Given.AGREE)
            shown, aside = (agreed, dots) if self.kind is SupportKind.STANCE else (dots, agreed)
            assert (idea.support_count, idea.set_aside_count) == (shown, aside)
            assert (idea.disagree_count, idea.pass_count) == (
                said.count(Given.DISAGREE),
                said.count(Given.PASS),
            )
            assert sum(row.idea_id == key for row in rows) == dots + len(said)

    def teardown(self) -> None:
        """Look at the pages: the public sees what is published and nothing else, the writer always their own."""
        if not self.given:
            return
        self.house.pages.clear()
        client = Client(self.house)
        page = client.get(f"/en/boards/{self.board_code}")
        assert page.status == 200
        for key, one in self.given.items():
            is_shown = one.state is State.PUBLISHED
            assert client.get(f"/en/boards/ideas/{one.code}").status == (200 if is_shown else 404)
            if one.state is not State.WITHDRAWN:
                assert (one.text in page.text) is (is_shown and one.about is None), key
                follow = client.get(residents.follow_path(one.follow_code, "en"))
                assert one.text in follow.text
                self.look_for_comment(client, one, is_shown)
        with self.make.database.reading() as session:
            board = session.get_one(Board, self.board_id)
            counts = counting.count_of(session, board)
        states = [one.state for one in self.given.values() if one.about is None]
        waits = [one for one in self.given.values() if one.state is State.RECEIVED and not one.is_cleared]
        assert (counts.published, counts.waiting) == (states.count(State.PUBLISHED), len(waits))

    def look_for_comment(self, client: Client, one: Written, is_shown: bool) -> None:
        """A comment stands on the page of its idea while both are shown."""
        about = self.given.get(one.about or 0)
        if about is not None and about.state is State.PUBLISHED:
            assert (one.text in client.get(f"/en/boards/ideas/{about.code}").text) is is_shown


def test_whatever_happens_on_a_board_nothing_is_lost_counted_twice_or_seen_too_early(make, house):
    run_state_machine_as_test(
        lambda: WholeBoard(make, house),
        settings=settings(max_examples=15, stateful_step_count=60, derandomize=True),
    )

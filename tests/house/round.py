"""A dialogue that can be put at any time of its round, and what a page sends to each route that writes in it."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from dialogue.actions.models import Action
from dialogue.base import clock
from dialogue.boards import operations as boards
from dialogue.boards.models import Board, BoardStage, Idea
from dialogue.boards.operations import Draft
from dialogue.briefs import quoting
from dialogue.dialogues.models import Dialogue, DialogueState, Phase, PhaseKind
from dialogue.followup import bodies, deciding, themes
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import Body, BodyPower, Decision, DecisionOutcome, DecisionReason, Theme
from dialogue.meetings.models import Meeting
from dialogue.posters import operations as posters
from dialogue.residents import operations as residents
from dialogue.surveys import answering, editing
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import Survey, SurveyVersion
from dialogue.web.house import House
from dialogue.web.permissions import Role, ScopeKind
from tests.house.world import Place
from tests.support.make import Make, words


class Time(StrEnum):
    """The times of a dialogue."""

    DRAFT = "draft"
    BEFORE = "before"
    COLLECTING = "collecting"
    DECIDING = "deciding"
    ACTING = "acting"
    CLOSED_EARLY = "closed early"
    ENDED = "ended"


STATE = {
    Time.DRAFT: DialogueState.DRAFT,
    Time.CLOSED_EARLY: DialogueState.CLOSED,
    Time.ENDED: DialogueState.CLOSED,
}
# The day of the round that is today, counted from the first of the collecting.
TODAY = {
    Time.DRAFT: -5,
    Time.BEFORE: -5,
    Time.COLLECTING: 4,
    Time.DECIDING: 14,
    Time.ACTING: 30,
    Time.CLOSED_EARLY: 4,
    Time.ENDED: 30,
}
PHASES = {PhaseKind.COLLECT: (0, 9), PhaseKind.DECIDE: (10, 19), PhaseKind.ACT: (20, 60)}
EVENING = 8

# What can be done only with a thing in a certain state is done with one of its own, by its name among the codes.
INSTEAD = {
    "boards_desk.stage": "frozen/boards",
    "bodies.restore": "retired/bodies",
    "comments.change": "comment/follow",
    "condense.restore": "retired/themes",
    "condense.retire": "empty/themes",
    "decide.publish": "held/decisions",
    "entering.undo": "stored/batches",
    "exporting.answer": "asks/exports",
    "followup.say_helped": "told/follow",
    "followup.tell": "told/follow",
    "followup.remove_address": "told/follow",
    "moderation.undo": "ideas",
    "reading.undo": "ideas",
    "passing.ask_again": "passed/decisions",
    "passing.note": "passed/decisions",
    "posters_desk.poster": "empty/posters",
}
# What was given by somebody, where an address names that too; elsewhere a sign-up.
GIVEN = {"brief_quotes.remove": "ideas", "followup.withdraw": "mine"}


class Round(Place):
    """One of everything, in a dialogue that can be put at any time: its phases and the last days of its board,
    its survey and its meeting lie so."""

    def __init__(self, make: Make, house: House) -> None:
        super().__init__(make, house, "own")
        self.codes["frozen/boards"] = make.board(self.dialogue, stage=BoardStage.FREEZE).code
        with make.database.writing() as session:
            here = session.get_one(Dialogue, self.dialogue.id)
            here.promised_by_id = self.facilitator.id
            self._more_themes(session, here)
            self._more_ideas(session)
            self._more_decisions(session, here)
            self._more_answers(session)
            empty = posters.make(session, self.organiser, here.municipality, words("Stop"), "stop")
            self.codes["empty/posters"] = empty.code
        self.codes["registered"] = self.given
        organiser = make.user(Role.ORGANISER, ScopeKind.MUNICIPALITY, self.municipality.id)
        with make.database.writing() as session:
            session.get_one(Dialogue, self.dialogue.id).duty_officer_id = organiser.id
        self.people = {
            "organiser": organiser,
            "facilitator": self.facilitator,
            "leader": make.user(Role.LEADER, ScopeKind.MUNICIPALITY, self.municipality.id),
            "partner": make.user(Role.PARTNER, ScopeKind.ORGANISATION, self.owner.id),
        }

    def _more_themes(self, session: Session, here: Dialogue) -> None:
        for name in ("empty", "retired", "held"):
            made = themes.create(session, self.organiser, here, words(name), name)
            self.codes[f"{name}/themes"] = made.code
            if name == "retired":
                themes.retire(session, self.organiser, made)

    def _more_ideas(self, session: Session) -> None:
        """An idea in a theme, of somebody who wants to be told, one that lies in none, and a quote."""
        board = session.query(Board).filter_by(code=self.codes["boards"]).one()
        theme = session.query(Theme).filter_by(code=self.codes["themes"]).one()
        for name in ("told", "loose"):
            draft = Draft(board.columns[0].id, name, "Please.", "en")
            receipt = boards.write_idea(session, board, draft, name)
            idea = session.query(Idea).filter_by(title=name).one()
            boards.publish(session, idea, None)
            code = residents.find_code(session, receipt.code)
            assert code is not None
            residents.leave_address(session, code, "kari@example.org", "en")
            idea.contribution.label = f"Klasse {name}"
            self.codes |= {f"{name}/follow": receipt.code, f"{name}/ideas": idea.contribution.code}
        about = session.query(Idea).filter_by(title="told").one()
        about.board.takes_comments = True
        self.codes["comment/follow"] = boards.comment(session, about, "Yes.", "en", "comment").code
        themes.place(session, self.organiser, theme, [self.codes["told/ideas"]])
        quoting.keep(session, self.organiser, theme.dialogue, {self.codes["ideas"]: "… please …"})
        mine = session.query(Idea).filter_by(title=f"Mine {self.name}").one()
        self.codes["mine"] = mine.contribution.code

    def _more_decisions(self, session: Session, here: Dialogue) -> None:
        """A decision that waits to be public, one that was passed on, and a body that is used no more."""
        council = session.query(Body).filter_by(code=self.codes["bodies"]).one()
        held = session.query(Theme).filter_by(code=self.codes["held/themes"]).one()
        draft = DecisionDraft(
            DecisionOutcome.TAKE_UP,
            DecisionReason.WANTED,
            words("We do it"),
            council.id,
            clock.today(),
            is_held=True,
        )
        self.codes["held/decisions"] = deciding.decide(session, self.organiser, held, draft, "held").code
        passed = session.query(Decision).filter(Decision.passed_to_id.is_not(None)).one()
        self.codes["passed/decisions"] = passed.code
        self.council, self.board = council.code, passed.body.code
        old = bodies.ensure(session, self.organiser, here, words("The old one"), BodyPower.DISCUSSES)
        bodies.retire(session, self.organiser, old)
        self.codes["retired/bodies"] = old.code
        self.revision = session.query(Action).filter_by(code=self.codes["actions"]).one().revision

    def _more_answers(self, session: Session) -> None:
        """An answer to the survey, and a question that is worded anew since it was published."""
        survey = session.query(Survey).filter_by(code=self.codes["desk/surveys"]).one()
        version = session.query(SurveyVersion).filter_by(survey_id=survey.id).one()
        sent = {self.ids["question_id"]: ["A lamp"]}
        answering.answer(session, survey.collectors[0], version, sent, "en", "answered")
        anew = Wording(words("What comes first?"))
        editing.change_question(session, self.organiser, survey, survey.questions[4], anew)

    def stand_at(self, at: Time) -> None:
        """Let it be this time."""
        first = clock.today() - timedelta(TODAY[at])
        evening = datetime.combine(first + timedelta(EVENING), time(18))
        last = first + timedelta(PHASES[PhaseKind.COLLECT][1])
        with self.make.database.writing() as session:
            here = session.get_one(Dialogue, self.dialogue.id)
            here.state = STATE.get(at, DialogueState.PUBLISHED)
            here.phases.clear()
            session.flush()
            here.phases = [
                Phase(kind=kind, starts_on=first + timedelta(begins), ends_on=first + timedelta(ends))
                for kind, (begins, ends) in PHASES.items()
            ]
            session.execute(update(Board).values(closes_on=last))
            session.execute(update(Survey).values(closes_on=last))
            session.execute(
                update(Meeting).values(starts_local=evening, deadline_local=evening - timedelta(days=1))
            )

    def address(self, rule: Rule, code: str | None = None) -> str:
        """The address of a route for the thing here that it can write to."""
        self.given = self.codes[GIVEN.get(rule.endpoint, "registered")]
        return super().address(rule, code or self.codes.get(INSTEAD.get(rule.endpoint, "")))


def said(*names: str) -> dict[str, str]:
    """New words in every language for each of these fields."""
    return {f"{name}-{language}": f"New {name}" for name in names for language in ("nb", "nn", "en")}


def chosen(thing: str, **more: str) -> Callable[[Round], Mapping[str, Any]]:
    """A form in which one thing is ticked."""
    return lambda it: {"chosen": it.codes[thing], **more}


def _quote(it: Round) -> Mapping[str, Any]:
    code = it.codes["told/ideas"]
    return {f"text-{code}": "told…", f"use-{code}": "y"}


def _action(it: Round) -> Mapping[str, Any]:
    return {"owner": str(it.owner.id), "due_on": LATER, **said("title", "why")}


LATER = str(clock.today() + timedelta(days=20))
IDEA = {"title": "Lights", "text": "By the path."}
SLOT = {"date": LATER, "time": "18:00", "minutes": "60", "wanted": "8", **said("what", "place")}
FILE = {"file": b"%PDF-1.7 another", "audience": "internal"}
# The smallest picture that there is: one white point.
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)
UPDATE = {"how": "on-track", "word": "Soon."}
REPORT = {"report-text": "We have begun.", "report-audience": "everybody"}

# What is sent besides what stands on the page already, and the query of the address that it is sent to.
SENT: Mapping[str, Mapping[str, Any] | Callable[[Round], Mapping[str, Any]]] = {
    "action_files.at_desk": FILE,
    "action_files.by_link": FILE,
    "action_links.by_link": REPORT,
    "actions.action": REPORT,
    "actions.edit": said("title"),
    "actions.propose": _action,
    "aside.leave_out": chosen("loose/ideas", reason="A greeting."),
    "aside.take_in": lambda it: {"chosen": it.other_note},
    "boards.change": IDEA,
    "boards.send": lambda it: {**IDEA, "column": it.ids["column_id"]},
    "boards_desk.board": said("title"),
    "boards_desk.enter": lambda it: {**IDEA, "column": it.ids["column_id"]},
    "boards_desk.stage": {"to": "open"},
    "boards_desk.new": said("title", "column-1-title"),
    "bodies.add": {**said("name"), "power": "decides"},
    "bodies.change": said("name"),
    "brief_quotes.choose": _quote,
    "brief_quotes.of_theme": _quote,
    "briefs.outcome": {"outcome": "They talked about it."},
    "briefs.send": lambda it: {f"to-{it.council}": "y", "left_out": "They came late."},
    "briefs.send_to_more": lambda it: {f"to-{it.board}": "y"},
    "briefs.words": lambda it: {f"says-{it.codes['themes']}": "They want light."},
    "card_typing.attach": {"picture": PICTURE},
    "card_typing.card": {"text": "Lamps."},
    "card_typing.enter": lambda it: {"number": "8", "column": it.ids["column_id"], "text": "Lamps."},
    "card_typing.enter_again": lambda it: {"number": "9", "column": it.ids["column_id"], "text": "Lamps."},
    "cards.of_board": {"label": "Klasse B"},
    "cards.print_sheet": {"count": "4"},
    "cards.type_twice": {"times": "once"},
    "comments.change": {"text": "By the bridge too."},
    "comments.send": {"text": "By the bridge."},
    "condense.all_themes": said("title"),
    "condense.mark": chosen("ideas"),
    "condense.merge": lambda it: {"target": it.codes["empty/themes"]},
    "condense.move": {"to": "down"},
    "condense.place": lambda it: {"chosen": it.codes["loose/ideas"], "theme": it.codes["themes"]},
    "condense.regroup": lambda it: {"chosen": it.codes["ideas"], "theme": it.codes["empty/themes"]},
    "condense.split": chosen("ideas", **said("new_title")),
    "condense.theme": said("title"),
    "decide.decide": {"outcome": "take_up", "reason": "wanted", **said("explanation")},
    "decide.hear": said("said"),
    "decide.propose": _action,
    "dialogues.promise": {"answer_by": LATER},
    "dialogues.team": lambda it: {"organisation_id": it.owner.id, **said("part")},
    "duty.hand_over": {"way": "case_system", "on": clock.today().isoformat()},
    "entering.arrange": {"channel": "school", "language": "nn"},
    "entering.begin": {"lines": "Lights"},
    "entering.rows": {"there-1": "1", "title-1": "Lamps"},
    "exporting.answer": {"personal": "leave_out"},
    "exporting.begin": {"kind": "csv", "audience": "public", "language": "en"},
    "films.of_board": {"url": "https://film.example/2", "label": "Klasse B", "text": "Lamps."},
    "followup.leave_address": {"email": "kari@example.org"},
    "followup.say_helped": {"answer": "yes"},
    "followup.tell": {"how": "at_once"},
    "group_codes.make": {"label": "Klasse told"},
    "groups.edit": said("name"),
    "groups.group": {"summary": "Light."},
    "groups.groups": {"number": "3"},
    "groups.note": {"notes": "More light."},
    "groups.write_notes": {"notes": "A bench."},
    "helped.answer": {"answer": "yes"},
    "helping.join_in": {"name": "Kari"},
    "helping_desk.edit": said("what"),
    "helping_desk.new": SLOT,
    "helping_links.edit": said("what"),
    "helping_links.new": SLOT,
    "meeting_desk.edit": said("title"),
    "meeting_desk.new": {"place": "Grendehuset", **said("title", "intro")},
    "meeting_desk.report": said("report"),
    "meetings.send_sign_up": {"name": "Kari"},
    "moderation.hold": {"revision": "1"},
    "moderation.publish": {"revision": "1"},
    "reading.hold": {"revision": "1"},
    "reading.publish": {"revision": "1"},
    "reading.redact": {"revision": "1", "passages": "Waiting"},
    "reading.same": lambda it: {"revision": "1", "other": it.codes["told/ideas"]},
    "reading.send_back": {"revision": "1", "reason": "off_topic"},
    "moderation.send_back": {"revision": "1", "reason": "off_topic"},
    "passing.answer": {"state": "confirmed"},
    "passing.note": {"state": "confirmed"},
    "patrols.change": said("what"),
    "patrols.note": lambda it: said("what", "where", "when"),
    "posters_desk.of_dialogue": lambda it: {"poster": it.codes["empty/posters"]},
    "posters_desk.place": said("place"),
    "posters_desk.poster": lambda it: {"dialogue": it.dialogue.id},
    "registrations.add": {"name": "Ola"},
    "registrations.attendance": {"status": "attended"},
    "round.one": UPDATE,
    "round.update": UPDATE,
    "run_sheet.item": said("activity"),
    "run_sheet.move": {"to": "later"},
    "run_sheet.new": {"minutes": "5", **said("activity")},
    "setting_up.basics": lambda it: {
        "municipality_id": it.municipality.id,
        "organiser_id": it.dialogue.organiser_id,
        **said("title"),
    },
    "setting_up.framework": said("privacy_notice"),
    "setting_up.plan": said("purpose"),
    "survey_links.change": {"channel": "paper", **said("name")},
    "survey_links.new": {"channel": "school", **said("name")},
    "similar.support_instead": lambda it: {**IDEA, "support": it.codes["ideas"]},
    "suggest.accept": lambda it: {"chosen": it.codes["loose/ideas"], "theme": it.codes["themes"]},
    "suggest.name": chosen("loose/ideas", named="yes", **said("title")),
    "surveys.answer": lambda it: {f"q{it.ids['question_id']}": "Lights."},
    "surveys_desk.about": said("title"),
    "surveys_desk.new": said("title"),
    "surveys_desk.new_question": said("text"),
    "surveys_desk.question": said("text"),
    "words.decide": {"seen": "Good to sit on."},
    "work.move": lambda it: {"step": "start", "revision": it.revision},
}
QUERIES = {
    "action_links.by_link": "?step=report",
    "actions.action": "?step=report",
    "surveys_desk.new_question": "?kind=long_text",
}

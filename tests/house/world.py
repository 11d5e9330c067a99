"""One of everything that an organiser can make, in a municipality of its own."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import Client as Browser

from dialogue.actions import attaching, links, operations as actions, uploads
from dialogue.actions.models import Action, ActionState, SavedView
from dialogue.actions.operations import ActionDraft
from dialogue.actions.uploads import Upload
from dialogue.base import clock
from dialogue.base.db import Base, Database
from dialogue.base.i18n import Translated
from dialogue.base.tokens import digest
from dialogue.boards import duty, operations as boards, projector
from dialogue.boards.models import Board
from dialogue.boards.operations import Draft
from dialogue.boards.picturing import Picture
from dialogue.briefs import content as brief_content, operations as briefs, patrols
from dialogue.briefs.models import Brief, PatrolLink
from dialogue.briefs.operations import Documents, Receivers
from dialogue.briefs.patrols import WishDraft
from dialogue.dialogues.models import (
    Channel,
    Contribution,
    ContributionState,
    Dialogue,
    Phase,
    PhaseKind,
    TeamMember,
)
from dialogue.entering import cards, comparing, films, operations as entering, queries_cards, reading
from dialogue.entering.models import Film
from dialogue.entering.models_cards import FIRST, SECOND
from dialogue.exporting import operations as exporting
from dialogue.exporting.models import Audience, ExportKind
from dialogue.exporting.operations import Made
from dialogue.followup import bodies, deciding, groups, helped, passing, regrouping, themes
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import (
    BodyPower,
    Decision,
    DecisionOutcome,
    DecisionReason,
    Help,
    Helped,
    Regrouping,
)
from dialogue.goals.models import Goal
from dialogue.helping import operations as helping, planning
from dialogue.helping.models import HelpSlot, HelpTaker
from dialogue.helping.operations import Joining
from dialogue.helping.planning import SlotPlan
from dialogue.meetings import notes, operations as meetings
from dialogue.meetings.models import Group, GroupNote, Meeting, Registration, RunItem
from dialogue.meetings.notes import Said
from dialogue.meetings.operations import SignUp
from dialogue.people import operations as people
from dialogue.people.models import User
from dialogue.people.queries import actor_of
from dialogue.posters import operations as posters
from dialogue.surveys import editing, operations as surveys
from dialogue.surveys.editing import Wording
from dialogue.surveys.models import QuestionKind
from dialogue.surveys.operations import About
from dialogue.web.house import House
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import Make, words

CHOICES = (words("Yes"), words("No"))
QUESTIONS = (
    (QuestionKind.SINGLE, Wording(words("Is it safe?"), choices=CHOICES)),
    (QuestionKind.SEVERAL, Wording(words("What helps?"), choices=CHOICES)),
    (QuestionKind.SCALE, Wording(words("How safe?"), lowest=1, highest=5)),
    (QuestionKind.NUMBER, Wording(words("How often?"), lowest=0, highest=31)),
    (QuestionKind.LONG_TEXT, Wording(words("What first?"))),
)


class Place:
    """A municipality with an organisation, and a dialogue with one of everything.

    ``codes`` are by the words that stand before a code in an address, ``ids`` by the name of a thing.
    """

    def __init__(self, make: Make, house: House, name: str) -> None:
        self.make, self.house, self.name = make, house, name
        self.municipality = make.municipality()
        self.owner = make.organisation(
            municipality_id=self.municipality.id, district_id=self.municipality.district_id, language="en"
        )
        today = clock.today()
        self.dialogue = make.dialogue(
            municipality_id=self.municipality.id,
            title=words(f"Dialogue {name}"),
            phases=[Phase(kind=PhaseKind.COLLECT, starts_on=today, ends_on=today + timedelta(9))],
        )
        self.organiser = make.actor(Role.ORGANISER, ScopeKind.MUNICIPALITY, self.municipality.id)
        self.facilitator = make.user(Role.FACILITATOR, ScopeKind.DIALOGUE, self.dialogue.id)
        self.codes = {
            "dialogues": self.dialogue.code,
            "organisations": self.owner.code,
            "people": self.facilitator.code,
        }
        self.ids: dict[str, int] = {}
        self.given = ""
        self.codes["meetings"] = make.meeting(self.dialogue).code
        with make.database.writing() as session:
            here = session.get_one(Dialogue, self.dialogue.id)
            self._team(session, here)
            self._meeting(session)
            self._survey(session, here)
        self._board()
        self._plan()
        with make.database.writing() as session:
            self._chain(session, session.get_one(Dialogue, self.dialogue.id))

    def _team(self, session: Session, here: Dialogue) -> None:
        member = TeamMember(part=words("Host"), organisation_id=self.owner.id, user_id=self.facilitator.id)
        here.team.append(member)
        session.flush()
        self.ids["member_id"] = member.id
        self.ids["grant_id"] = self.facilitator.grants[0].id

    def _meeting(self, session: Session) -> None:
        meeting = session.query(Meeting).filter_by(code=self.codes["meetings"]).one()
        item = RunItem(position=1, minutes=10, activity=words("Welcome"))
        group = Group(position=1, name=words("Group 1"), facilitator_id=self.facilitator.id)
        meeting.run_items.append(item)
        meeting.groups.append(group)
        session.flush()
        meetings.sign_up(session, meeting, SignUp("Kari", "", "", "en"), f"sign-up {self.name}")
        self.given = session.query(Registration).filter_by(meeting_id=meeting.id).one().contribution.code
        said = Said([f"Note {self.name}", f"Other note {self.name}"], "en")
        notes.write_notes(session, self.organiser, group, said, f"notes {self.name}")
        first, second = session.scalars(select(GroupNote).filter_by(meeting_id=meeting.id)).all()
        self.codes |= {"groups": group.code, "notes": first.contribution.code}
        self.other_note = second.contribution.code
        self.ids["item_id"] = item.id

    def _survey(self, session: Session, here: Dialogue) -> None:
        about = About(title=words(f"Survey {self.name}"), intro=words("Three minutes."))
        survey = surveys.begin(session, here, about)
        for kind, wording in QUESTIONS:
            editing.append(session, survey, kind, wording)
        surveys.publish(session, self.organiser, survey)
        collector = survey.collectors[0].code
        self.codes |= {
            "desk/surveys": survey.code,
            "surveys": collector,
            "s": collector,
            "channels": collector,
        }
        self.ids["question_id"] = survey.questions[4].id
        self.ids["first_question_id"] = survey.questions[0].id
        self.ids["option_id"] = survey.questions[0].options[0].id

    def _board(self) -> None:
        board = self.make.board(self.dialogue, title=words(f"Board {self.name}"))
        file = self.house.files.put(b"a picture")
        shown = {"picture": file, "picture_small": file, "picture_width": 4, "picture_height": 3}
        idea = self.make.idea(board, f"Idea {self.name}", **shown).contribution.code
        waiting = self.make.idea(board, f"Waiting {self.name}", ContributionState.RECEIVED, **shown)
        held = self.make.idea(board, f"Held {self.name}", **shown).contribution.code
        picture = Picture(file, file, 4, 3)
        draft = Draft(board.columns[0].id, f"Mine {self.name}", "Please.", "en", picture=picture)
        with self.make.database.writing() as session:
            duty.hold(session, self.organiser, held, 1)
            followed = boards.write_idea(
                session, session.get_one(Board, board.id), draft, f"idea {self.name}"
            )
        self.projected = projector.token_for(board)
        self.codes |= {
            "boards": board.code,
            "ideas": idea,
            "desk/ideas": waiting.contribution.code,
            "reading": waiting.contribution.code,
            "follow": followed.code,
            "duty": held,
        }
        self.ids["column_id"] = board.columns[0].id
        self._batches(board)
        self._cards(board)

    def _cards(self, board: Board) -> None:
        """Paper cards: one that was typed in two ways, with a picture, and one that is ready."""
        about = entering.About(None, Channel.PAPER, f"Hall {self.name}", "en")
        with self.make.database.writing() as session:
            here = session.get_one(Board, board.id)
            self.codes["card-sheets"] = cards.print_sheet(
                session, self.organiser, here, 4, f"s{self.name}"
            ).code
            stack = cards.begin(session, self.organiser, here, about, True, f"c{self.name}")
            self.codes["card-stacks"] = stack.code
            typists = ((self.organiser, FIRST), (actor_of(self.facilitator), SECOND))
            for number, texts in ((1, ("Lamps", "Lambs")), (2, ("A bench", "A bench"))):
                for (who, turn), text in zip(typists, texts, strict=True):
                    said = comparing.Said(board.columns[0].id, "", f"{text} {self.name}", "")
                    cards.enter(session, who, stack, number, said, turn, f"{turn}{self.name}")
            card = queries_cards.card(session, stack, 1)
            cards.attach(session, self.organiser, stack, card, self.house.files.put(b"a picture"))
        self.ids["card"] = 1

    def _batches(self, board: Board) -> None:
        """Ideas on their way in, and some that have come."""
        about = entering.About(board.columns[0].id, Channel.PAPER, "", "en")
        with self.make.database.writing() as session:
            here = session.get_one(Board, board.id)
            for name in ("", "stored/"):
                sheet = reading.lines(f"Brought {name}{self.name}")
                batch = entering.begin(session, self.organiser, here, sheet, about, "", f"{name}{self.name}")
                self.codes[f"{name}batches"] = batch.code
            entering.store(session, self.organiser, batch.code)
            asked = exporting.wish(ExportKind.CSV, Audience.PUBLIC, "en")
            export = exporting.ask_for(session, self.organiser, here, asked, f"e{self.name}")
            exporting.keep(session, export.id, Made([], 1, "csv", self.house.files.put(b"Code")))
            self.codes["exports"] = export.code
            export = exporting.ask_for(session, self.organiser, here, asked, f"a{self.name}")
            exporting.keep(session, export.id, Made([]))
            self.codes["asks/exports"] = export.code
            draft = Draft(board.columns[0].id, f"Film {self.name}", "It is dark.", "en")
            films.enter(
                session, self.organiser, here, draft, "Klasse F", "https://film.example/1", f"f{self.name}"
            )
            self.codes["films"] = session.scalars(
                select(Contribution.code)
                .join(Film, Film.contribution_id == Contribution.id)
                .where(Contribution.dialogue_id == self.dialogue.id)
            ).one()

    def _plan(self) -> None:
        goal = Goal(position=1, number="1", area=words("Places"), text=words(f"Goal {self.name}"))
        plan = self.make.plan(
            municipality_id=self.municipality.id, name=words(f"Plan {self.name}"), goals=[goal]
        )
        self.codes |= {"plans": plan.code, "goals": plan.goals[0].code}

    def _chain(self, session: Session, here: Dialogue) -> None:
        theme = themes.create(session, self.organiser, here, words(f"Theme {self.name}"), f"t{self.name}")
        themes.place(session, self.organiser, theme, [self.codes["ideas"], self.codes["notes"]])
        self.codes["regroupings"] = session.scalars(
            select(Regrouping.code).filter_by(theme_id=theme.id)
        ).one()
        regrouping.leave_out(session, self.organiser, here, [self.other_note], f"A greeting {self.name}")
        body = bodies.ensure(session, self.organiser, here, words("The council"), BodyPower.DECIDES)
        decision = deciding.decide(session, self.organiser, theme, _decision(body.id), f"d{self.name}")
        draft = ActionDraft(
            words("New lights"),
            words("Many asked."),
            self.owner.id,
            Translated(),
            clock.today() + timedelta(30),
        )
        action = deciding.propose_action(session, self.organiser, decision, draft)
        actions.accept(session, self.organiser, action, action.revision)
        brief = self._brief(session, here, body.id)
        wish = WishDraft(theme.id, words("Adults"), words("The beach"), words("Fridays"))
        line = patrols.add(session, self.organiser, here, wish, f"p{self.name}")
        assert line is not None
        self.patrols = patrols.token(session.get_one(PatrolLink, here.id))
        self.codes |= {
            "themes": theme.code,
            "decisions": decision.code,
            "actions": action.code,
            "round": action.code,
            "briefs": brief.code,
            "sendings": brief.sendings[0].code,
            "patrols": line.code,
        }
        self.ids["action"] = action.id
        upload = Upload("plan.pdf", uploads.PDF, b"%PDF-1.7")
        self.file = attaching.attach(session, self.house.files, self.organiser, action, upload, True).code
        view = SavedView(user_id=self.organiser.user_id, name=f"Filter {self.name}", query="late=yes")
        session.add(view)
        session.flush()
        self.ids["view_id"] = view.id
        self.token = links.token_of_action(action)
        self.codes["bodies"] = body.code
        board = bodies.ensure(session, self.organiser, here, words("The board"), BodyPower.DECIDES)
        passed_on = replace(
            _decision(board.id),
            outcome=DecisionOutcome.PASS_ON,
            reason=DecisionReason.OTHERS_TASK,
            passed_to_id=self.owner.id,
        )
        decided = deciding.decide(session, self.organiser, theme, passed_on, f"o{self.name}")
        self.passed_on = passing.token_of(decided)
        self._help(session, action)
        self._done(session, here, decision)
        poster = posters.make(
            session, self.organiser, here.municipality, words(f"Corner {self.name}"), self.name
        )
        posters.serve(session, self.organiser, poster, here)
        self.codes |= {"posters": poster.code, "p": poster.code}

    def _done(self, session: Session, here: Dialogue, decision: Decision) -> None:
        draft = ActionDraft(words("A bench"), words("One asked."), self.owner.id, Translated(), clock.today())
        action = deciding.propose_action(session, self.organiser, decision, draft)
        actions.accept(session, self.organiser, action, action.revision)
        actions.finish(
            session, self.organiser, action, action.revision, ActionState.DONE, words("It stands there.")
        )
        helped.answer(session, action, helped.device(self.name), Help.YES, "Good to sit on.", "en")
        session.flush()
        word = session.query(Helped).filter_by(action_id=action.id).one()
        self.codes |= {"done/actions": action.code, "words": word.code}
        idea = session.query(Contribution).filter_by(code=self.codes["ideas"]).one()
        idea.label = f"Klasse {self.name}"
        session.flush()
        self.ids["group_id"] = groups.make(session, self.organiser, here, idea.label).id

    def _help(self, session: Session, action: Action) -> None:
        evening = datetime.combine(clock.today() + timedelta(7), time(20))
        plan = SlotPlan(words("Walk along the beach"), words("By the kiosk"), evening, 120, 4)
        planning.ask(session, self.organiser, action, plan, 1, f"h{self.name}")
        slot = session.query(HelpSlot).filter_by(action_id=action.id).one()
        helping.join_in(session, slot, Joining("Kari", "", "en"), f"j{self.name}")
        self.joined = session.query(HelpTaker).filter_by(slot_id=slot.id).one().contribution.code
        self.codes["help"] = slot.code

    def _brief(self, session: Session, here: Dialogue, body_id: int) -> Brief:
        file = self.house.files.put(b"%PDF-1.7")
        content = brief_content.whole(session, here, "nb", "They came late.")
        receivers, documents = Receivers({body_id: clock.today()}), Documents(file, file)
        return briefs.freeze(session, self.organiser, here, content, documents, receivers, f"b{self.name}")

    def address(self, rule: Rule, code: str | None = None) -> str:
        """The address of a route for the things of this place, or for another thing of the same kind."""
        district = self.municipality.district.slug
        values: dict[str, Any] = {
            **self.ids,
            "lang": "en",
            "given": self.joined if rule.endpoint.startswith("helping_") else self.given,
            "token": {"passing": self.passed_on, "patrols": self.patrols, "projector": self.projected}.get(
                rule.endpoint.split(".")[0], self.token
            ),
            "slug": district,
            "place": self.municipality.slug,
            "number": self.municipality.number,
            "role": "police",
            "line": 1,
            "file": self.file,
            "film": self.codes["films"],
            "wish": self.codes["patrols"],
            "done": self.codes["done/actions"],
        }
        if "code" in rule.arguments:
            values["code"] = code or self.codes[kind_of(rule)]
        one_of = re.search(r"<any\((\w+)[^)]*\):(\w+)>", rule.rule)
        if one_of:
            values[one_of[2]] = one_of[1]
        with self.house.test_request_context():
            return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def kind_of(rule: Rule) -> str:
    """What a route's code names: the words that stand before it."""
    before = rule.rule.split("/<code>")[0].split("/")
    at_desk = "desk/" if "desk" in before and before[-1] in {"surveys", "ideas"} else ""
    # The public results are those of a survey; everything else there is a collector's.
    if rule.endpoint == "surveys.public_results":
        at_desk = "desk/"
    # Whether something helped is asked of what is done.
    if rule.endpoint.startswith("helped."):
        at_desk = "done/"
    return at_desk + before[-1]


def contents(database: Database, leave_out: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row there is, by table, to tell whether something was changed."""
    with database.reading() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in session.execute(table.select()))
            for table in Base.metadata.sorted_tables
            if table.name not in leave_out
        }


def signed_in(house: House, user: User) -> tuple[Browser, dict[str, str]]:
    """A browser of this person, and the token that their forms carry."""
    with house.database.writing() as session:
        token = people.sign_in(session, session.merge(user))
    browser = house.test_client()
    with browser.session_transaction() as cookie:
        cookie["token"] = token
    return browser, {"csrf_token": digest(house.settings.secret_key, "csrf", token).hex()}


def _decision(body_id: int) -> DecisionDraft:
    return DecisionDraft(
        outcome=DecisionOutcome.TAKE_UP,
        reason=DecisionReason.WANTED,
        explanation=words("We do it"),
        body_id=body_id,
        decided_on=clock.today(),
    )

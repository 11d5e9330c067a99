"""What happens around the ideas and actions in Eksempelvik: who talked about it, who took it on, who joins in,
where the posters hang, and what residents say afterwards, when it helped only partly too."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import insert, select

from dialogue.actions import wishes
from dialogue.actions.models import Action
from dialogue.actions.rules import LinkHolder
from dialogue.base.files import FileStore
from dialogue.briefs import content as contents, documents, operations as briefs, patrols
from dialogue.briefs.models import PatrolMonth
from dialogue.briefs.operations import Receivers
from dialogue.briefs.patrols import WishDraft
from dialogue.demo.content import say
from dialogue.demo.eksempelvik import rulings
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Dialogue
from dialogue.followup import bodies, deciding, helped, passing
from dialogue.followup.deciding import DecisionDraft
from dialogue.followup.models import (
    BodyPower,
    Decision,
    DecisionOutcome,
    DecisionReason,
    Help,
    Helped,
    PassState,
    Theme,
)
from dialogue.helping import operations as helping, planning
from dialogue.helping.models import HelpSlot
from dialogue.helping.operations import Joining
from dialogue.helping.planning import SlotPlan
from dialogue.posters import operations as posters

BRIEF_SENT, COUNCIL_MET, COMMITTEE_MET = -24, -22, -20
COUNCIL_SAID = "Politirådet drøftet alle temaene og anbefalte å begynne med det som koster lite: lamper, sikt og plakater."
COMMITTEE_SAID = "Utvalget tok lamper og snarveien med én gang. Nye gatelys går til neste års budsjett."

COUNTY_TOOK_IT = -15
COUNTY_SAID = "Vi tar ønskene med i rutemøtet for neste år og svarer innen utgangen av mars."

# How many answered in each way, by the key of the action.
SAID_OF: Mapping[str, Mapping[Help, int]] = {
    "underpass": {Help.YES: 14, Help.PARTLY: 5, Help.NO: 2, Help.NOT_NOTICED: 3},
    "shelters": {Help.YES: 3, Help.PARTLY: 9, Help.NO: 6, Help.NOT_NOTICED: 8},
}
WORDS_ON_SHELTERS = (
    (Help.PARTLY, "Fint, men vårt skur mangler fortsatt plakat."),
    (Help.NO, "Jeg trenger lys, ikke et nummer."),
    (Help.YES, "Nå vet sønnen min hvem han kan ringe."),
)

PLACES = (
    say("Kiosken på torget", "Kiosken på torget", "The kiosk in the square"),
    say("Eksempelvik skole", "Eksempelvik skule", "Eksempelvik school"),
    say("Busskuret ved ferjekaia", "Busskuret ved ferjekaia", "The bus shelter by the ferry quay"),
)

WALK = say(
    "Gå runden fra torget til Øvre", "Gå runden frå torget til Øvre", "Walk the round from the square to Øvre"
)
MEET = say("Oppmøte ved kiosken", "Oppmøte ved kiosken", "Meet at the kiosk")
WALKS_AT, MINUTES_OF_WALK, WALKERS_WANTED, WEEKS_OF_WALKS = time(20), 120, 4, 4
JOINED = ("Anja", "Nabo i Øvre")

# What patrols are asked for, by the key of the theme, and how often they were there in the months before.
WISHES = (
    (
        "police",
        say("Gå en runde til fots", "Gå ein runde til fots", "Walk a round on foot"),
        say("Torget og ferjekaia", "Torget og ferjekaia", "The square and the ferry quay"),
        say("Fredag når siste buss går", "Fredag når siste buss går", "Fridays when the last bus leaves"),
        (3, 5),
    ),
    (
        "walk",
        say(
            "Stopp og si hei til kveldsgåerne",
            "Stopp og sei hei til kveldsgåarane",
            "Stop and greet the evening walkers",
        ),
        say("Gangveien til Øvre", "Gangvegen til Øvre", "The path to Øvre"),
        say("Fredag kl. 20–22", "Fredag kl. 20–22", "Fridays 8–10 pm"),
        (2, 4),
    ),
)

STREETS = say(
    "Ingen kan stenge gata på kort varsel. Vi ber om en trafikkmåling først, og bestemmer når vi har tallene.",
    "Ingen kan stengje gata på kort varsel. Vi ber om ei trafikkmåling først, og avgjer når vi har tala.",
    "Nobody can close the street at short notice. We ask for a traffic count first, and decide when we have the numbers.",
)


def tell(
    stage: Stage,
    dialogue: Dialogue,
    found: Mapping[str, Theme],
    decisions: Mapping[str, Decision],
    done: Mapping[str, Action],
    files: FileStore,
) -> None:
    """All of it, in the order in which it happened."""
    _send_brief(stage, dialogue, files)
    _take_on(stage, decisions["bus"])
    _show_lateness(stage, done["porch-lights"])
    _hang_posters(stage, dialogue)
    _ask_for_help(stage, done["walkers"])
    _ask_patrols(stage, dialogue, found)
    for key, counts in SAID_OF.items():
        _say_whether_it_helped(stage, done[key], counts, WORDS_ON_SHELTERS if key == "shelters" else ())
    _wait_until_tomorrow(stage, found["traffic"])


def _send_brief(stage: Stage, dialogue: Dialogue, files: FileStore) -> None:
    session, organiser = stage.session, stage.organiser
    with stage.at(BRIEF_SENT, 13):
        council = bodies.ensure(session, organiser, dialogue, rulings.COUNCIL, BodyPower.RECOMMENDS)
        committee = bodies.ensure(session, organiser, dialogue, rulings.COMMITTEE, BodyPower.DECIDES)
        content = contents.whole(session, dialogue, "nb", "Kom inn mens siden ble laget, og tas med i neste.")
        days = {council.id: stage.day_of(COUNCIL_MET), committee.id: stage.day_of(COMMITTEE_MET)}
        brief = briefs.freeze(
            session,
            organiser,
            dialogue,
            content,
            documents.store(files, content),
            Receivers(days),
            "the brief of Eksempelvik",
        )
        session.flush()
        session.refresh(brief)
    for sending, day, said in zip(
        brief.sendings, (COUNCIL_MET, COMMITTEE_MET), (COUNCIL_SAID, COMMITTEE_SAID), strict=True
    ):
        with stage.at(day, 16):
            briefs.note_outcome(session, organiser, sending, said, stage.day_of(day))


def _take_on(stage: Stage, decision: Decision) -> None:
    with stage.at(COUNTY_TOOK_IT, 11):
        passing.note_answer(stage.session, stage.organiser, decision, PassState.CONFIRMED, COUNTY_SAID)


def _show_lateness(stage: Stage, action: Action) -> None:
    with stage.at(-13, 17):
        wishes.write(
            stage.session, None, action.owner, wishes.Wishes(shows_lateness=True, tells_leader=False)
        )


def _hang_posters(stage: Stage, dialogue: Dialogue) -> None:
    with stage.at(-41, 10):
        for number, place in enumerate(PLACES):
            poster = posters.make(
                stage.session, stage.organiser, stage.municipality, place, f"poster {number} of Eksempelvik"
            )
            posters.serve(stage.session, stage.organiser, poster, dialogue)


def _ask_for_help(stage: Stage, action: Action) -> None:
    session = stage.session
    friday = stage.day + timedelta(days=(4 - stage.day.weekday()) % 7 or 7)
    plan = SlotPlan(WALK, MEET, datetime.combine(friday, WALKS_AT), MINUTES_OF_WALK, WALKERS_WANTED)
    with stage.at(-6, 18):
        who = LinkHolder(action.id, action.owner_id)
        planning.ask(session, who, action, plan, WEEKS_OF_WALKS, "walks in Eksempelvik")
        session.flush()
    slots = select(HelpSlot).where(HelpSlot.action_id == action.id).order_by(HelpSlot.starts_local)
    first = session.scalars(slots.limit(1)).one()
    for number, name in enumerate(JOINED):
        with stage.at(-3 + number, 20):
            helping.join_in(session, first, Joining(name, "", "nb"), f"walker {number} in Eksempelvik")


def _ask_patrols(stage: Stage, dialogue: Dialogue, found: Mapping[str, Theme]) -> None:
    for key, what, where, when, months in WISHES:
        with stage.at(-60, 9):
            draft = WishDraft(found[key].id, what, where, when)
            wish = patrols.add(stage.session, stage.organiser, dialogue, draft, f"patrols {key}")
        if wish is not None:
            rows = [
                {"wish_id": wish.id, "month": month, "times": times}
                for month, times in zip(_months_before(stage.day, len(months)), months, strict=True)
            ]
            stage.session.execute(insert(PatrolMonth), rows)


def _months_before(day: date, count: int) -> list[date]:
    """The first days of so many months that have ended, the oldest first."""
    found: list[date] = []
    for _ in range(count):
        day = (day.replace(day=1) - timedelta(1)).replace(day=1)
        found.insert(0, day)
    return found


def _say_whether_it_helped(
    stage: Stage, action: Action, counts: Mapping[Help, int], words: tuple[tuple[Help, str], ...]
) -> None:
    with stage.at(-2, 19):
        number = 0
        for said, count in counts.items():
            said_with = [word for answer, word in words if answer is said]
            for place in range(count):
                number += 1
                word = said_with[place] if place < len(said_with) else ""
                helped.answer(stage.session, action, helped.device(f"demo {number}"), said, word, "nb")
    stage.session.flush()
    # The team has read what was written, and shows it; the last word still waits.
    shown = [text for _answer, text in words[:-1]]
    for row in stage.session.scalars(
        select(Helped).where(Helped.action_id == action.id, Helped.word.in_(shown))
    ):
        row.is_read = row.is_shown = True


def _wait_until_tomorrow(stage: Stage, theme: Theme) -> None:
    session, dialogue = stage.session, theme.dialogue
    with stage.at(-1, 15):
        committee = bodies.ensure(session, stage.organiser, dialogue, rulings.COMMITTEE, BodyPower.DECIDES)
        draft = DecisionDraft(
            DecisionOutcome.NOT_NOW,
            DecisionReason.KNOWLEDGE,
            STREETS,
            committee.id,
            stage.day_of(-1),
            is_held=True,
        )
        deciding.decide(session, stage.organiser, theme, draft, "traffic in Eksempelvik")

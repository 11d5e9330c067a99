"""A small draft that lacks only a leader's promise, for two of the prepared tasks."""

from dialogue.demo.content import NOTHING, Case, Period, say
from dialogue.demo.eksempelvik.case import ACCESSIBILITY, CONTACT, NOTE, TEAM
from dialogue.dialogues.models import PhaseKind

TITLE = say("Trygg skolestart", "Trygg skulestart", "A safe start of school")
QUESTION = say(
    "Hva skal til for at alle barn kan gå eller sykle til skolen?",
    "Kva skal til for at alle barn kan gå eller sykle til skulen?",
    "What does it take for all children to walk or cycle to school?",
)
PURPOSE = say(
    "Flere foreldre kjører barna til skolen fordi de andre kjører. Vi vil spørre barn, foreldre og naboer hva som må til for at bilen kan stå.",
    "Fleire foreldre køyrer barna til skulen fordi dei andre køyrer. Vi vil spørje barn, foreldre og naboar kva som må til for at bilen kan stå.",
    "More parents drive their children to school because others drive. We want to ask children, parents and neighbours what it takes to leave the car.",
)
AREA = say("Skoleveiene i Eksempelvik", "Skulevegane i Eksempelvik", "The routes to school in Eksempelvik")
ANSWER_BY = 75
PERIODS = (
    Period(PhaseKind.PLAN, -5, 10),
    Period(PhaseKind.INVITE, 11, 24),
    Period(PhaseKind.COLLECT, 25, 52),
    Period(PhaseKind.DECIDE, 53, 73),
    Period(PhaseKind.ACT, 74, 160),
    Period(PhaseKind.EVALUATE, 161, 188),
)

CASE = Case(
    TITLE,
    QUESTION,
    PURPOSE,
    AREA,
    NOTE,
    NOTHING,
    CONTACT,
    ACCESSIBILITY,
    -5,
    None,
    ANSWER_BY,
    PERIODS,
    TEAM[:2],
    organiser="municipality",
    controller="municipality",
    playbook="neighbourhood-talk",
)

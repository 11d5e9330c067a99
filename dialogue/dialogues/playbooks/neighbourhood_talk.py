"""The neighbourhood talk: residents, police and municipality find out together what each can do.

Its checklist is what was learned in a talk in Tønsberg in 2021.
"""

from dialogue.base.i18n import lazy
from dialogue.dialogues.models import PhaseKind
from dialogue.dialogues.playbooks.neighbourhood_talk_parts import BOARD, MEETING, SURVEY
from dialogue.dialogues.playbooks.shape import Playbook, Reminder, t

PURPOSE = t(
    "Vi vil finne ut sammen hva hver av oss kan bidra med: innbyggere, frivillige, næringsliv, kommune og politi. "
    "Alle som sier noe, får vite hva det ble til.",
    "Vi vil finne ut saman kva kvar av oss kan bidra med: innbyggjarar, frivillige, næringsliv, kommune og politi. "
    "Alle som seier noko, får vite kva det vart til.",
    "We want to find out together what each of us can do: residents, volunteers, businesses, municipality and police. "
    "Everyone who says something is told what came of it.",
)

CHECKLIST = (
    Reminder(
        PhaseKind.PLAN,
        t(
            "Få lederne med først: politisjef og stasjonssjef, kommuneledelsen og politirådet.",
            "Få leiarane med først: politisjef og stasjonssjef, kommuneleiinga og politirådet.",
            "Get the leaders on board first: chief of police and station head, municipal management, police council.",
        ),
    ),
    Reminder(
        PhaseKind.PLAN,
        t(
            "Knytt dialogen til et mål eller en oppgave dere allerede har.",
            "Knyt dialogen til eit mål eller ei oppgåve de alt har.",
            "Tie the dialogue to a goal or a task that you already have.",
        ),
    ),
    Reminder(
        PhaseKind.PLAN,
        t(
            "Samle det dere vet fra før: Ungdata, statistikk, forskning og egen erfaring.",
            "Samle det de veit frå før: Ungdata, statistikk, forsking og eiga erfaring.",
            "Gather what you already know: youth surveys, statistics, research and your own experience.",
        ),
    ),
    Reminder(
        PhaseKind.PLAN,
        t(
            "Avtal hvem som gjør hva, og sett av faste, korte møter i laget.",
            "Avtal kven som gjer kva, og set av faste, korte møte i laget.",
            "Agree who does what, and set aside short, regular team meetings.",
        ),
    ),
    Reminder(
        PhaseKind.PLAN,
        t(
            "Avtal med vakthavende hva som skjer når noen skriver om fare eller et lovbrudd, også om kvelden.",
            "Avtal med vakthavande kva som skjer når nokon skriv om fare eller eit lovbrot, også om kvelden.",
            "Agree with the duty officer what happens when somebody writes about a danger or a crime, in the evening too.",
        ),
    ),
    Reminder(
        PhaseKind.INVITE,
        t(
            "Spør de unge der de er, for eksempel klassevis på skolen. La dem svare på sin måte.",
            "Spør dei unge der dei er, til dømes klassevis på skulen. La dei svare på sin måte.",
            "Ask young people where they are, for example class by class at school. Let them answer in their own way.",
        ),
    ),
    Reminder(
        PhaseKind.INVITE,
        t(
            "Inviter åpent, og be lag, skole, butikker og lokalavis om å dele. Folk kommer når politiet inviterer.",
            "Inviter ope, og be lag, skule, butikkar og lokalavis om å dele. Folk kjem når politiet inviterer.",
            "Invite openly, and ask associations, schools, shops and the local paper to share. People come when the police invite.",
        ),
    ),
    Reminder(
        PhaseKind.INVITE,
        t(
            "Øv gruppelederne i å lytte, stille åpne spørsmål og skrive ned det som blir sagt.",
            "Øv gruppeleiarane i å lytte, stille opne spørsmål og skrive ned det som blir sagt.",
            "Practise with the facilitators: listening, asking open questions, writing down what is said.",
        ),
    ),
    Reminder(
        PhaseKind.COLLECT,
        t(
            "Si på møtet når svaret kommer, og hvordan man følger innspillet sitt. Møtet er den minste delen av jobben.",
            "Sei på møtet når svaret kjem, og korleis ein følgjer innspelet sitt. Møtet er den minste delen av jobben.",
            "Say at the meeting when the answer comes and how to follow one's input. The meeting is the smallest part of the work.",
        ),
    ),
    Reminder(
        PhaseKind.DECIDE,
        t(
            "Kort innspillene ned til én side, og ta den med dit noen kan bestemme.",
            "Kort innspela ned til éi side, og ta ho med dit nokon kan avgjere.",
            "Condense the input to one page, and take it where somebody can decide.",
        ),
    ),
    Reminder(
        PhaseKind.DECIDE,
        t(
            "Spør før dere navngir noen som ansvarlig for et tiltak.",
            "Spør før de nemner nokon som ansvarleg for eit tiltak.",
            "Ask before you name anybody as responsible for an action.",
        ),
    ),
    Reminder(
        PhaseKind.ACT,
        t(
            "Gi innsikten tilbake til dem som ga den, før ferien og ikke etter.",
            "Gi innsikta tilbake til dei som gav ho, før ferien og ikkje etter.",
            "Give the insight back to those who gave it, before the holiday and not after.",
        ),
    ),
    Reminder(
        PhaseKind.ACT,
        t(
            "Vær til stede når ingenting er galt. Det er da tilliten bygges.",
            "Ver til stades når ingenting er gale. Det er då tilliten blir bygd.",
            "Be there when nothing is wrong. That is when trust is built.",
        ),
    ),
    Reminder(
        PhaseKind.EVALUATE,
        t(
            "Spør både innbyggerne og egne ansatte hvordan det gikk, og møt de samme menneskene igjen. Én gang er ikke nok.",
            "Spør både innbyggjarane og eigne tilsette korleis det gjekk, og møt dei same menneska igjen. Éin gong er ikkje nok.",
            "Ask both residents and your own staff how it went, and meet the same people again. Once is not enough.",
        ),
    ),
)

NEIGHBOURHOOD_TALK = Playbook(
    key="neighbourhood-talk",
    name=lazy("Neighbourhood talk"),
    description=lazy(
        "A meeting, an idea board and a survey, with a run sheet and a checklist. You can change everything."
    ),
    purpose=PURPOSE,
    checklist=CHECKLIST,
    parts={"board": BOARD, "meeting": MEETING, "survey": SURVEY},
)

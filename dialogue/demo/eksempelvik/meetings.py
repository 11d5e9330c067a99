"""Three meetings: one held, one with seats left, one that is full. The days are counted from the loading."""

from dataclasses import dataclass
from datetime import time

from dialogue.base.i18n import Translated
from dialogue.demo.content import NOTHING, Step, say


@dataclass(frozen=True)
class Evening:
    """A meeting; ``days`` from the day of loading, ``signed_up`` how many want to come."""

    key: str
    title: Translated
    intro: Translated
    place: str
    days: int
    at: time
    minutes: int
    capacity: int
    signed_up: int
    groups: int = 0
    report: Translated = NOTHING


HELD = Evening(
    "held",
    say("Åpningskveld på biblioteket", "Opningskveld på biblioteket", "Opening evening at the library"),
    say(
        "Vi ble kjent, tegnet på kartet og valgte hva vi ville snakke om.",
        "Vi vart kjende, teikna på kartet og valde kva vi ville snakke om.",
        "We got to know each other, drew on the map and chose what to talk about.",
    ),
    "Eksempelvik bibliotek",
    -21,
    time(18),
    90,
    50,
    31,
    0,
    say(
        "31 hadde meldt seg på. De fleste gikk hjem sammen.\n\nMørke strekninger, siste buss og et sted å vente var det folk snakket mest om. Kveldsgåerne fant hverandre ved kaffekannen og begynte å gå uka etter.",
        "31 hadde meldt seg på. Dei fleste gjekk heim saman.\n\nMørke strekningar, siste buss og ein stad å vente var det folk snakka mest om. Kveldsgåarane fann kvarandre ved kaffikanna og byrja å gå veka etter.",
        "31 had signed up. Most walked home together.\n\nDark stretches, the last bus and somewhere to wait were what people talked about most. The evening walkers found each other by the coffee pot and began to walk the week after.",
    ),
)
COMING = Evening(
    "coming",
    say(
        "Nærmiljøprat: en trygg vei hjem",
        "Nærmiljøprat: ein trygg veg heim",
        "Neighbourhood talk: a safe way home",
    ),
    say(
        "Vi sitter i små grupper og finner ut hva vi kan gjøre selv, og hva politiet og kommunen skal gjøre. Det er kaffe, saft og noe å tegne på for barna. Salen har teleslynge og er uten trapper.",
        "Vi sit i små grupper og finn ut kva vi kan gjere sjølve, og kva politiet og kommunen skal gjere. Det er kaffi, saft og noko å teikne på for barna. Salen har teleslynge og er utan trapper.",
        "We sit in small groups and find out what we can do ourselves, and what the police and the municipality shall do. There is coffee, juice and something for children to draw on. The hall has a hearing loop and no stairs.",
    ),
    "Grendehuset på Øvre",
    9,
    time(18),
    120,
    60,
    24,
    4,
)
FULL = Evening(
    "full",
    say("Vandring i mørket", "Vandring i mørkret", "A walk in the dark"),
    say(
        "Vi går fra ferjekaia til skolen med politikontakten og driftslederen, og stopper der noe bør gjøres. Ta med lykt. Løypa er to kilometer og kan gås med rullestol.",
        "Vi går frå ferjekaia til skulen med politikontakten og driftsleiaren, og stoppar der noko bør gjerast. Ta med lykt. Løypa er to kilometer og kan køyrast med rullestol.",
        "We walk from the ferry quay to the school with the police contact and the head of operations, and stop where something should be done. Bring a torch. The route is two kilometres and works with a wheelchair.",
    ),
    "Billettautomaten på ferjekaia",
    5,
    time(19, 30),
    90,
    15,
    19,
)
EVENINGS = (HELD, COMING, FULL)

NICKNAMES = (
    "Nabo fra Øvre",
    "Hundeeier",
    "Kari med rullator",
    "Trebarnsfar",
    "Nattarbeider",
    "Håndballtrener",
    "Syklist",
    "Farmor",
    "Foreldrekontakt",
    "Nyinnflyttet",
    "Ferjependler",
    "Korsangar",
    "Bussjåfør på fritida",
    "Ola frå elva",
    "Mor til to",
    "Student",
    "Kveldsgåer",
    "Pensjonert lærer",
    "Fotballmamma",
    "Butikkeier",
    "Natteravn",
    "Gymnasiast",
    "Morfar",
    "Jogger",
    "Bibliotekbruker",
    "Rullestolbruker",
    "Sommergjest",
    "Ungdomsrådet",
    "Frivillig",
    "Naboen i nummer to",
    "Speiderleder",
    "Postbud",
    "Fiskar",
    "Kafévert",
    "Kinogjenger",
)
NEEDS = {2: "Trenger en stol nær døra.", 11: "Treng teleslynge.", 19: "I would like an interpreter (Polish)."}
# A few leave an address, so that the mailbox shows what they are sent.
WITH_ADDRESS = frozenset({0, 3, 6, 12, 17})

_LEAD = say("Prosjektlederen", "Prosjektleiaren", "The project lead")
_POLICE = say("Politikontakten", "Politikontakten", "The police contact")
_TABLES = say("Gruppelederne", "Gruppeleiarane", "The facilitators")
RUN_SHEET = (
    Step(
        15,
        say("Kaffe og velkommen i døra", "Kaffi og velkomen i døra", "Coffee and welcome at the door"),
        say("Ingen står alene", "Ingen står åleine", "Nobody stands alone"),
        say("Velforeningen", "Velforeininga", "The residents' association"),
        say(
            "Alle hilser på en de ikke kjenner",
            "Alle helsar på ein dei ikkje kjenner",
            "Everyone greets somebody they do not know",
        ),
    ),
    Step(
        10,
        say(
            "Hva dere har sagt, og hva som er gjort",
            "Kva de har sagt, og kva som er gjort",
            "What you have said, and what is done",
        ),
        say("Vise at det nytter", "Vise at det nyttar", "Show that it matters"),
        _LEAD,
        say("Fem bilder", "Fem bilete", "Five pictures"),
    ),
    Step(
        40,
        say("Samtale ved bordene", "Samtale ved borda", "Talk at the tables"),
        say(
            "Alle får ordet, og ideene blir skrevet ned",
            "Alle får ordet, og ideane blir skrivne ned",
            "Everyone gets a word, and ideas are written down",
        ),
        _TABLES,
        say(
            "Først stille for seg selv, så runden rundt",
            "Først stille for seg sjølv, så runden rundt",
            "First in silence, then around the table",
        ),
    ),
    Step(15, say("Pause", "Pause", "Break"), NOTHING, NOTHING, NOTHING),
    Step(
        25,
        say(
            "Velge tre ting å begynne med", "Velje tre ting å byrje med", "Choose three things to begin with"
        ),
        say(
            "Gå hjem med noe vi faktisk gjør",
            "Gå heim med noko vi faktisk gjer",
            "Go home with something we will do",
        ),
        _TABLES,
        say("Prikker på ideene", "Prikkar på ideane", "Dots on the ideas"),
    ),
    Step(
        15,
        say(
            "Hvem gjør hva, og når dere får svar",
            "Kven gjer kva, og når de får svar",
            "Who does what, and when you get an answer",
        ),
        say("Ingen går hjem og lurer", "Ingen går heim og lurer", "Nobody goes home wondering"),
        _POLICE,
        say("Alle sammen", "Alle saman", "All together"),
    ),
)

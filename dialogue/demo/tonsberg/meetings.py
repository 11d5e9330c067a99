"""The two neighbourhood talks, with the run sheet of the first."""

from datetime import datetime

from dialogue.demo.content import Step, say

SIGNED_UP = 70
GROUPS = 7
DEADLINE_HOURS = 6

FIRST = say("Nærmiljøprat 1", "Nærmiljøprat 1", "Neighbourhood talk 1")
FIRST_INTRO = say(
    "En åpen, digital samtale for alle som bor, jobber eller er unge i området. Pandemien gjorde at vi møttes på "
    "skjerm. Det ble månedens varmeste kveld, og flere skoler hadde avslutning samtidig. Likevel meldte 70 seg på. Dag, klokkeslett og kjøreplan er eksempler.",
    "Ein open, digital samtale for alle som bur, arbeider eller er unge i området. Pandemien gjorde at vi møttest "
    "på skjerm. Det vart den varmaste kvelden i månaden, og fleire skular hadde avslutning samstundes. Likevel "
    "melde 70 seg på. Dag, klokkeslett og køyreplan er døme.",
    "An open, digital talk for everyone who lives, works or is young in the area. Because of the pandemic we met "
    "on screens. It was the hottest evening of the month, and several schools held their closing ceremonies. "
    "Still, 70 signed up. Day, time and run sheet are examples.",
)
FIRST_STARTS = datetime(2021, 6, 16, 18)  # noqa: DTZ001 - the local time is the truth about a meeting
FIRST_MINUTES = 120
FIRST_REPORT = say(
    "Kvelden begynte med elevenes film. Så arbeidet folk i grupper, hver med en gruppeleder fra politiet eller "
    "kommunen som hadde øvd på forhånd, og skrev ideene på en felles tavle.\n\nMye av det som kom fram, ville "
    "folk gjøre selv. De unge ventet ikke at politiet skulle ordne alt. Lokalforeningen delte tavla videre, og "
    "politikontakten samlet det hele i en kort punktliste til møtene som skulle beslutte.",
    "Kvelden byrja med filmen til elevane. Så arbeidde folk i grupper, kvar med ein gruppeleiar frå politiet "
    "eller kommunen som hadde øvd på førehand, og skreiv ideane på ei felles tavle.\n\nMykje av det som kom fram, "
    "ville folk gjere sjølve. Dei unge venta ikkje at politiet skulle ordne alt. Lokalforeininga delte tavla "
    "vidare, og politikontakten samla det heile i ei kort punktliste til møta som skulle avgjere.",
    "The evening began with the pupils' film. Then people worked in groups, each with a facilitator from the "
    "police or the municipality who had practised beforehand, and wrote their ideas on a shared board.\n\nMuch of "
    "what came up, people wanted to do themselves. The young did not expect the police to fix everything. The "
    "local association shared the board, and the police contact condensed it all to a short list for the "
    "meetings that were to decide.",
)

_TEAM = say(
    "Politikontakten og medvirkningsansvarlig",
    "Politikontakten og medverknadsansvarleg",
    "The police contact and the participation lead",
)
_LEADERS = say("Gruppelederne", "Gruppeleiarane", "The facilitators")
_PLENARY = say("Alle sammen", "Alle saman", "All together")
_GROUPS = say("Grupperom", "Grupperom", "Breakout rooms")

RUN_SHEET = (
    Step(
        15,
        say(
            "Slippe inn folk, hjelpe med lyd og bilde",
            "Sleppe inn folk, hjelpe med lyd og bilete",
            "Let people in, help with sound and picture",
        ),
        say(
            "Alle kommer i gang uten å kjenne seg dumme",
            "Alle kjem i gang utan å kjenne seg dumme",
            "Everyone gets started without feeling foolish",
        ),
        say("SLT-koordinatoren", "SLT-koordinatoren", "The SLT coordinator"),
        _PLENARY,
    ),
    Step(
        10,
        say(
            "Velkommen, og hvorfor vi er her", "Velkomen, og kvifor vi er her", "Welcome, and why we are here"
        ),
        say(
            "Vise at lederne mener det, og at vi leter etter det folk kan bidra med",
            "Vise at leiarane meiner det, og at vi leitar etter det folk kan bidra med",
            "Show that the leaders mean it, and that we look for what people can contribute",
        ),
        _TEAM,
        _PLENARY,
    ),
    Step(
        10,
        say("Elevenes film", "Filmen til elevane", "The pupils' film"),
        say("De unge får ordet først", "Dei unge får ordet først", "The young speak first"),
        say("Medvirkningsansvarlig", "Medverknadsansvarleg", "The participation lead"),
        _PLENARY,
    ),
    Step(
        45,
        say("Ideer til tiltak", "Idear til tiltak", "Ideas for action"),
        say(
            "Hver gruppe finner noe vi kan gjøre selv, noe for kommunen og noe for politiet",
            "Kvar gruppe finn noko vi kan gjere sjølve, noko for kommunen og noko for politiet",
            "Each group finds something we can do ourselves, something for the municipality and something for the police",
        ),
        _LEADERS,
        say(
            "Grupperom. Alle skriver først for seg selv, så på den felles tavla",
            "Grupperom. Alle skriv først for seg sjølve, så på den felles tavla",
            "Breakout rooms. Everyone writes alone first, then on the shared board",
        ),
    ),
    Step(
        10,
        say("Velge det viktigste", "Velje det viktigaste", "Choose what matters most"),
        say(
            "Se hva gruppa vil stå bak", "Sjå kva gruppa vil stå bak", "See what the group will stand behind"
        ),
        _LEADERS,
        _GROUPS,
    ),
    Step(
        20,
        say("Gruppene forteller", "Gruppene fortel", "The groups tell"),
        say(
            "Alle hører det samme, også de som skal beslutte",
            "Alle høyrer det same, òg dei som skal avgjere",
            "Everyone hears the same, also those who are to decide",
        ),
        _TEAM,
        _PLENARY,
    ),
    Step(
        10,
        say("Veien videre og takk", "Vegen vidare og takk", "What happens next, and thanks"),
        say(
            "Si hvem som følger opp, og når folk får svar",
            "Seie kven som følgjer opp, og når folk får svar",
            "Say who follows up, and when people get an answer",
        ),
        say("Politikontakten", "Politikontakten", "The police contact"),
        _PLENARY,
    ),
)

SECOND = say("Nærmiljøprat 2", "Nærmiljøprat 2", "Neighbourhood talk 2")
SECOND_INTRO = say(
    "De samme folkene møttes igjen på høsten, også nå digitalt: Hvordan ble sommeren, og hva gjør vi nå? Hvor "
    "mange som var med, er ikke offentliggjort.",
    "Dei same folka møttest att på hausten, òg no digitalt: Korleis vart sommaren, og kva gjer vi no? Kor mange "
    "som var med, er ikkje offentleggjort.",
    "The same people met again in the autumn, digitally this time too: how did the summer go, and what now? How "
    "many took part is not published.",
)
SECOND_STARTS = datetime(2021, 10, 13, 18)  # noqa: DTZ001
SECOND_MINUTES = 90
SECOND_REPORT = say(
    "De som hadde vært med i juni, delte hvordan sommeren hadde vært, og hva de ville fortsette med.\n\nDe unge "
    "hadde sett mer til politiet og syntes det var bra, fordi de møttes uten at noe var galt. Det kjentes "
    "tryggere. Volleyballen på stranda var gøy. Tjenestene i kommunen hadde fått en ny grunn til å arbeide tett "
    "sammen, og skolene og politiet hadde lettere for å ringe hverandre.\n\nÉn gang er ikke nok, var alle enige om.",
    "Dei som hadde vore med i juni, delte korleis sommaren hadde vore, og kva dei ville halde fram med.\n\nDei "
    "unge hadde sett meir til politiet og syntest det var bra, fordi dei møttest utan at noko var gale. Det "
    "kjendest tryggare. Volleyballen på stranda var gøy. Tenestene i kommunen hadde fått ein ny grunn til å "
    "arbeide tett saman, og skulane og politiet hadde lettare for å ringje kvarandre.\n\nÉin gong er ikkje nok, "
    "var alle samde om.",
    "Those who had been there in June told how the summer had been, and what they wanted to go on with.\n\nThe "
    "young had seen more of the police and thought it good, because they met when nothing was wrong. It felt "
    "safer. Volleyball on the beach was fun. The municipality's services had a new reason to work closely "
    "together, and the schools and the police found it easier to call each other.\n\nOnce is not enough, all agreed.",
)

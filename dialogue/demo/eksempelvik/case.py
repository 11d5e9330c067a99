"""The dialogue in Eksempelvik: the made-up municipality, its organisations, question, team and phases."""

from dialogue.demo.content import Body, Case, Period, say
from dialogue.dialogues.models import PhaseKind
from dialogue.places.models import OrganisationKind

NUMBER, NAME, SLUG, COUNTY = "9901", "Eksempelvik", "eksempelvik", "Eksempelfylket (oppdiktet)"
DISTRICT = "sor-ost"

TITLE = say("Trygg vei hjem", "Trygg veg heim", "A safe way home")
QUESTION = say(
    "Hva skal til for at alle kan komme trygt hjem, hele døgnet og hele året?",
    "Kva skal til for at alle kan kome trygt heim, heile døgnet og heile året?",
    "What does it take for everyone to get home safely, at all hours and all year?",
)
PURPOSE = say(
    "Noen går omveier, lar være å dra ut, eller blir hentet fordi veien hjem kjennes utrygg. Vi vil vite hvor og "
    "hvorfor, og finne ut hva politiet, kommunen og vi som bor her, kan gjøre med det. Vi venter ikke til slutten: "
    "Det første er allerede besluttet.",
    "Nokre går omvegar, lèt vere å dra ut, eller blir henta fordi vegen heim kjennest utrygg. Vi vil vite kvar og "
    "kvifor, og finne ut kva politiet, kommunen og vi som bur her, kan gjere med det. Vi ventar ikkje til slutten: "
    "Det første er alt avgjort.",
    "Some take detours, stay in or are picked up because the way home feels unsafe. We want to know where and why, "
    "and find out what the police, the municipality and we who live here can do about it. We do not wait until the "
    "end: the first things are already decided.",
)
AREA = say(
    "Hele kommunen, fra ferjekaia til Øvre",
    "Heile kommunen, frå ferjekaia til Øvre",
    "The whole municipality, from the ferry quay to Øvre",
)
NOTE = say(
    "Eksempelvik finnes ikke. Kommunen, fylket, organisasjonene og alt som er skrevet her, er diktet opp for at du "
    "skal kunne prøve.",
    "Eksempelvik finst ikkje. Kommunen, fylket, organisasjonane og alt som er skrive her, er dikta opp for at du "
    "skal kunne prøve.",
    "Eksempelvik does not exist. The municipality, the county, the organisations and everything written here are "
    "made up for you to try.",
)
PRIVACY = say(
    "Du trenger ikke oppgi hvem du er. Vi lagrer det du skriver, og e-postadressen din hvis du vil ha beskjed. Vi "
    "lagrer ikke IP-adressen din. Du kan trekke innspillet ditt når som helst med følgekoden. Eksempelvik kommune "
    "er behandlingsansvarlig.",
    "Du treng ikkje oppgi kven du er. Vi lagrar det du skriv, og e-postadressa di om du vil ha beskjed. Vi lagrar "
    "ikkje IP-adressa di. Du kan trekkje innspelet ditt når som helst med følgjekoden. Eksempelvik kommune er "
    "behandlingsansvarleg.",
    "You need not say who you are. We store what you write, and your e-mail address if you want to be told. We do "
    "not store your IP address. You can withdraw your input at any time with the follow code. Eksempelvik "
    "municipality is the controller.",
)
CONTACT = "eksempelvik@demo.example"
ACCESSIBILITY = "https://uustatus.no/"
CREATED, PUBLISHED, ANSWER_BY = -70, -42, 35

PERIODS = (
    Period(PhaseKind.PLAN, -70, -57),
    Period(PhaseKind.INVITE, -56, -43),
    Period(PhaseKind.COLLECT, -42, 14),
    Period(PhaseKind.DECIDE, 15, 35),
    Period(PhaseKind.ACT, 36, 110),
    Period(PhaseKind.EVALUATE, 111, 140),
)

COUNCIL = OrganisationKind.MUNICIPAL_SERVICE
BODIES = (
    Body(
        "municipality",
        COUNCIL,
        say("Eksempelvik kommune", "Eksempelvik kommune", "Eksempelvik municipality"),
        "post@eksempelvik.demo.example",
    ),
    Body(
        "roads",
        COUNCIL,
        say(
            "Teknisk drift i Eksempelvik", "Teknisk drift i Eksempelvik", "Technical services in Eksempelvik"
        ),
        "drift@eksempelvik.demo.example",
    ),
    Body(
        "library",
        COUNCIL,
        say("Eksempelvik bibliotek", "Eksempelvik bibliotek", "Eksempelvik library"),
        "bibliotek@eksempelvik.demo.example",
    ),
    Body(
        "police",
        OrganisationKind.POLICE_UNIT,
        say("Politiet i Eksempelvik", "Politiet i Eksempelvik", "The police in Eksempelvik"),
        "politiet@eksempelvik.demo.example",
    ),
    Body(
        "county",
        OrganisationKind.COUNTY,
        say("Eksempel fylkeskommune", "Eksempel fylkeskommune", "Eksempel county authority"),
        "buss@fylke.demo.example",
        local=False,
    ),
    Body(
        "school",
        OrganisationKind.SCHOOL,
        say("Eksempelvik ungdomsskole", "Eksempelvik ungdomsskule", "Eksempelvik lower secondary school"),
        "skolen@eksempelvik.demo.example",
    ),
    Body(
        "neighbourhood",
        OrganisationKind.ASSOCIATION,
        say("Eksempelvik velforening", "Eksempelvik velforeining", "Eksempelvik residents' association"),
        "partner@demo.example",
    ),
    Body(
        "ravens",
        OrganisationKind.ASSOCIATION,
        say("Natteravnene i Eksempelvik", "Natteramnane i Eksempelvik", "The night ravens in Eksempelvik"),
        "natteravnene@eksempelvik.demo.example",
    ),
    Body(
        "shops",
        OrganisationKind.BUSINESS,
        say("Butikkene ved torget", "Butikkane ved torget", "The shops by the square"),
        "torget@eksempelvik.demo.example",
    ),
    Body(
        "walkers",
        OrganisationKind.RESIDENTS,
        say("Kveldsgåerne", "Kveldsgåarane", "The evening walkers"),
        "kveldsgaerne@eksempelvik.demo.example",
    ),
)
TEAM = (
    (say("Politikontakt", "Politikontakt", "Police contact"), "police"),
    (say("Prosjektleder", "Prosjektleiar", "Project lead"), "municipality"),
    (
        say("SLT-koordinator", "SLT-koordinator", "Coordinator of crime prevention for young people (SLT)"),
        "municipality",
    ),
    (
        say("Leder av velforeningen", "Leiar av velforeininga", "Head of the residents' association"),
        "neighbourhood",
    ),
)

CASE = Case(
    TITLE,
    QUESTION,
    PURPOSE,
    AREA,
    NOTE,
    PRIVACY,
    CONTACT,
    ACCESSIBILITY,
    CREATED,
    PUBLISHED,
    ANSWER_BY,
    PERIODS,
    TEAM,
    organiser="municipality",
    controller="municipality",
    officer="police",
)

"""The dialogue itself: question, team, partners, phases, and what a reader must know about the case."""

from datetime import date

from dialogue.demo.content import Body, Case, Period, say
from dialogue.dialogues.models import PhaseKind
from dialogue.places.models import OrganisationKind

MUNICIPALITY = "Tønsberg"

TITLE = say(
    "Nærmiljøprat i Tønsberg, sommeren 2021",
    "Nærmiljøprat i Tønsberg, sommaren 2021",
    "Neighbourhood talk in Tønsberg, summer 2021",
)
QUESTION = say(
    "Hva kan hver av oss gjøre for at ungdommene her får en god og trygg sommer?",
    "Kva kan kvar av oss gjere for at ungdommane her får ein god og trygg sommar?",
    "What can each of us do to give young people here a good and safe summer?",
)
PURPOSE = say(
    "Sommeren før var det mer ungdomskriminalitet i denne delen av Tønsberg enn ellers. Politiet og kommunen "
    "ville ikke lete etter feil hos de unge. De spurte i stedet hele nærmiljøet hva hver og en kunne bidra med.",
    "Sommaren før var det meir ungdomskriminalitet i denne delen av Tønsberg enn elles. Politiet og kommunen "
    "ville ikkje leite etter feil hos dei unge. Dei spurde i staden heile nærmiljøet kva kvar og ein kunne "
    "bidra med.",
    "The summer before, there was more youth crime in this part of Tønsberg than elsewhere. The police and the "
    "municipality did not want to look for faults in the young. Instead they asked the whole neighbourhood "
    "what each could contribute.",
)
AREA = say(
    "Området rundt stranda, kiosken, ungdomsklubben og Ringshaug ungdomsskole",
    "Området rundt stranda, kiosken, ungdomsklubben og Ringshaug ungdomsskule",
    "The area around the beach, the kiosk, the youth club and Ringshaug lower secondary school",
)
NOTE = say(
    "Dette er en ferdig sak, vist som eksempel. Disse tallene er offentliggjort: 400 elever ble spurt, rundt "
    "450 unge ble hørt i alt, 70 meldte seg på nærmiljøpraten, 2 067 innbyggere og 71 ansatte i politiet svarte "
    "på undersøkelsene, 91 % var voksne og 9 % ungdom, 37 % står bare som «Tønsberg», og rundt 250 kom på "
    "biltreffet på Revetal. Det som ble gjort, og hvem som gjorde det, er også kjent. Alle andre tekster, tall "
    "og datoer er eksempler. Ingen i Tønsberg har sagt eller skrevet dem.",
    "Dette er ei ferdig sak, vist som døme. Desse tala er offentleggjorde: 400 elevar vart spurde, rundt 450 "
    "unge vart høyrde i alt, 70 melde seg på nærmiljøpraten, 2 067 innbyggjarar og 71 tilsette i politiet svara "
    "på undersøkingane, 91 % var vaksne og 9 % ungdom, 37 % står berre som «Tønsberg», og rundt 250 kom på "
    "biltreffet på Revetal. Det som vart gjort, og kven som gjorde det, er òg kjent. Alle andre tekstar, tal og "
    "datoar er døme. Ingen i Tønsberg har sagt eller skrive dei.",
    "This is a finished case, shown as an example. These figures are published: 400 pupils were asked, about "
    "450 young people were heard in all, 70 signed up for the neighbourhood talk, 2,067 residents and 71 police "
    "staff answered the surveys, 91% were adults and 9% young people, 37% are labelled only “Tønsberg”, and "
    "about 250 came to the car meet-up at Revetal. What was done, and by whom, is known too. All other texts, "
    "figures and dates are examples. Nobody in Tønsberg has said or written them.",
)
PRIVACY = say(
    "I denne eksempelsaken er det ingen opplysninger om virkelige personer. Elevene står som klasser, de som "
    "meldte seg på, står som «Deltaker» med et nummer, og svarene på undersøkelsene er laget av et program slik "
    "at summene stemmer. Ingenting kan sendes inn lenger.",
    "I denne dømesaka er det ingen opplysningar om verkelege personar. Elevane står som klassar, dei som melde "
    "seg på, står som «Deltaker» med eit nummer, og svara på undersøkingane er laga av eit program slik at "
    "summane stemmer. Ingenting kan sendast inn lenger.",
    "In this example there is no information about real people. Pupils appear as classes, those who signed up "
    "as “Deltaker” (participant) with a number, and the survey answers are made by a program so that the totals "
    "are right. Nothing can be sent in any more.",
)
CONTACT = "tonsberg@demo.example"
ACCESSIBILITY = "https://uustatus.no/"
ANSWER_BY = date(2021, 6, 18)
CREATED = date(2021, 5, 26)
PUBLISHED = date(2021, 6, 1)
CLOSED = date(2021, 11, 30)

PERIODS = (
    Period(PhaseKind.PLAN, date(2021, 5, 26), date(2021, 6, 6)),
    Period(PhaseKind.INVITE, date(2021, 6, 7), date(2021, 6, 9)),
    Period(PhaseKind.COLLECT, date(2021, 6, 10), date(2021, 6, 16)),
    Period(PhaseKind.DECIDE, date(2021, 6, 17), date(2021, 6, 20)),
    Period(PhaseKind.ACT, date(2021, 6, 21), date(2021, 8, 31)),
    Period(PhaseKind.EVALUATE, date(2021, 9, 1), date(2021, 10, 31)),
)

POLICE, COUNCIL = OrganisationKind.POLICE_UNIT, OrganisationKind.MUNICIPAL_SERVICE
BODIES = (
    Body("police", POLICE, say("Politiet i Tønsberg", "Politiet i Tønsberg", "The police in Tønsberg")),
    Body(
        "front-line",
        POLICE,
        say("Politipatruljene i Vestfold", "Politipatruljane i Vestfold", "Police patrols in Vestfold"),
        local=False,
    ),
    Body("municipality", COUNCIL, say("Tønsberg kommune", "Tønsberg kommune", "Tønsberg municipality")),
    Body("ung", COUNCIL, say("Ung Tønsberg", "Ung Tønsberg", "Ung Tønsberg (youth services)")),
    Body(
        "outreach",
        COUNCIL,
        say("Utekontakten i Tønsberg", "Utekontakten i Tønsberg", "Outreach workers in Tønsberg"),
    ),
    Body("duty", COUNCIL, say("Barnevernvakta", "Barnevernvakta", "Child welfare duty")),
    Body(
        "preventive",
        COUNCIL,
        say("Forebyggende barnevern", "Førebyggjande barnevern", "Preventive child welfare"),
    ),
    Body(
        "summer-school",
        COUNCIL,
        say("Sommerskolen i Tønsberg", "Sommarskulen i Tønsberg", "The summer school in Tønsberg"),
    ),
    Body(
        "school",
        OrganisationKind.SCHOOL,
        say("Ringshaug ungdomsskole", "Ringshaug ungdomsskule", "Ringshaug lower secondary school"),
    ),
    Body(
        "ravens",
        OrganisationKind.ASSOCIATION,
        say("Natteravnene i Tønsberg", "Natteramnane i Tønsberg", "The night ravens in Tønsberg"),
    ),
    Body(
        "association",
        OrganisationKind.ASSOCIATION,
        say("Lokalforeningen", "Lokalforeininga", "The local association"),
    ),
    Body(
        "business",
        OrganisationKind.BUSINESS,
        say("Næringslivet i området", "Næringslivet i området", "Local businesses"),
    ),
    Body(
        "kiosk",
        OrganisationKind.BUSINESS,
        say("Kiosken ved stranda", "Kiosken ved stranda", "The kiosk by the beach"),
    ),
    Body(
        "neighbours",
        OrganisationKind.RESIDENTS,
        say("Voksne i nærmiljøet", "Vaksne i nærmiljøet", "Adults in the neighbourhood"),
    ),
    Body(
        "parents",
        OrganisationKind.RESIDENTS,
        say("Foreldre i nærmiljøet", "Foreldre i nærmiljøet", "Parents in the neighbourhood"),
    ),
)

_PARTNER = say("Samarbeidspartner", "Samarbeidspartnar", "Partner")
# Who made up the team and who joined in, by part and organisation.
TEAM = (
    (say("Politikontakt", "Politikontakt", "Police contact"), "police"),
    (say("Medvirkningsansvarlig", "Medverknadsansvarleg", "Participation lead"), "municipality"),
    (
        say("SLT-koordinator", "SLT-koordinator", "Coordinator of crime prevention for young people (SLT)"),
        "municipality",
    ),
    *(
        (_PARTNER, body)
        for body in (
            "ung",
            "outreach",
            "duty",
            "preventive",
            "school",
            "ravens",
            "association",
            "business",
            "kiosk",
        )
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
    organiser="police",
    controller="municipality",
    has_pupils=True,
    playbook="neighbourhood-talk",
)

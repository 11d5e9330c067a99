"""What the municipality did, each as an action with its owner."""

from datetime import date

from dialogue.demo.content import Deed, News, say

_ASKED, _YES, _END = date(2021, 6, 18), date(2021, 6, 20), date(2021, 8, 31)

DEEDS = (
    Deed(
        "programme",
        "play",
        say(
            "Tilpasse sommerens aktiviteter til det de unge ba om",
            "Tilpasse aktivitetane i sommar til det dei unge bad om",
            "Fit the summer's activities to what the young asked for",
        ),
        say(
            "Elevene sa hva de ville ha. Da skal programmet vise det.",
            "Elevane sa kva dei ville ha. Då skal programmet vise det.",
            "The pupils said what they wanted. Then the programme should show it.",
        ),
        "ung",
        say("Leder for ungdomsaktiviteter", "Leiar for ungdomsaktivitetar", "Head of youth activities"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 9),
                say(
                    "Vi er oftere der ungdommene samles, og har byttet ut aktiviteter få ville ha.",
                    "Vi er oftare der ungdommane samlast, og har bytt ut aktivitetar få ville ha.",
                    "We are more often where the young gather, and have replaced activities few wanted.",
                ),
            ),
        ),
        say(
            "Aktivitetene ble lagt om gjennom hele sommeren.",
            "Aktivitetane vart lagde om gjennom heile sommaren.",
            "The activities were changed throughout the summer.",
        ),
        _END,
    ),
    Deed(
        "shifts",
        "together",
        say(
            "Flytte vakter og oppgaver til tidene de unge er ute",
            "Flytte vakter og oppgåver til tidene dei unge er ute",
            "Move shifts and tasks to the hours when the young are out",
        ),
        say(
            "De unge ønsket seg kjente voksne om kvelden.",
            "Dei unge ønskte seg kjende vaksne om kvelden.",
            "The young wished for familiar adults in the evening.",
        ),
        "municipality",
        say(
            "Tjenestene for barn og unge",
            "Tenestene for barn og unge",
            "Services for children and young people",
        ),
        _ASKED,
        date(2021, 7, 1),
        _YES,
        (
            News(
                date(2021, 6, 30),
                say(
                    "Nye vaktlister gjelder fra i morgen.",
                    "Nye vaktlister gjeld frå i morgon.",
                    "New rosters apply from tomorrow.",
                ),
            ),
        ),
        say(
            "Turnuser og arbeidsoppgaver ble endret for å møte ønskene.",
            "Turnusar og arbeidsoppgåver vart endra for å møte ønska.",
            "Rosters and tasks were changed to meet the wishes.",
        ),
        date(2021, 7, 1),
    ),
    Deed(
        "trip",
        "play",
        say(
            "Mer penger til aktiviteter, blant annet tur til en fornøyelsespark",
            "Meir pengar til aktivitetar, mellom anna tur til ein fornøyelsespark",
            "More money for activities, among them a trip to an amusement park",
        ),
        say(
            "En tur som alle kan være med på, stod høyt på elevenes liste.",
            "Ein tur som alle kan vere med på, stod høgt på lista til elevane.",
            "A trip that everyone can join was high on the pupils' list.",
        ),
        "municipality",
        say("Oppvekst", "Oppvekst", "Childhood and youth"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 5),
                say(
                    "Pengene er funnet, og turen er satt opp.",
                    "Pengane er funne, og turen er sett opp.",
                    "The money is found, and the trip is planned.",
                ),
            ),
        ),
        say(
            "Flere aktiviteter ble utvidet, og turen ble gjennomført.",
            "Fleire aktivitetar vart utvida, og turen vart gjennomført.",
            "Several activities were extended, and the trip took place.",
        ),
        _END,
    ),
    Deed(
        "summer-school",
        "play",
        say(
            "Ta elevenes ønsker inn i sommerskolen",
            "Ta ønska frå elevane inn i sommarskulen",
            "Take the pupils' wishes into the summer school",
        ),
        say(
            "Sommerskolen når mange, og kan endres raskt.",
            "Sommarskulen når mange, og kan endrast raskt.",
            "The summer school reaches many, and can be changed quickly.",
        ),
        "summer-school",
        say("Leder for sommerskolen", "Leiar for sommarskulen", "Head of the summer school"),
        _ASKED,
        date(2021, 7, 2),
        _YES,
        (),
        say(
            "Ønskene ble tatt med da innholdet ble bestemt.",
            "Ønska vart tekne med då innhaldet vart fastsett.",
            "The wishes were included when the content was settled.",
        ),
        date(2021, 7, 2),
    ),
    Deed(
        "child-welfare",
        "together",
        say(
            "La barnevernet være voksne som de unge får kontakt med",
            "La barnevernet vere vaksne som dei unge får kontakt med",
            "Let child welfare be adults the young can be in contact with",
        ),
        say(
            "Ungdommene sa at de ville ha voksenkontakt. Det skal de som arbeider i barnevernet, vite.",
            "Ungdommane sa at dei ville ha vaksenkontakt. Det skal dei som arbeider i barnevernet, vite.",
            "The young said they wanted contact with adults. Those who work in child welfare should know it.",
        ),
        "preventive",
        say("Forebyggende barnevern", "Førebyggjande barnevern", "Preventive child welfare"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Barnevernet arbeidet gjennom sommeren med ønsket om voksenkontakt i minnet.",
            "Barnevernet arbeidde gjennom sommaren med ønsket om vaksenkontakt i minnet.",
            "Child welfare worked through the summer with the wish for adult contact in mind.",
        ),
        _END,
    ),
    Deed(
        "gear",
        "play",
        say("Kjøpe sportsutstyr til utlån", "Kjøpe sportsutstyr til utlån", "Buy sports gear for lending"),
        say(
            "Ikke alle har med seg egen ball.",
            "Ikkje alle har med seg eigen ball.",
            "Not everyone brings a ball.",
        ),
        "municipality",
        say("Oppvekst", "Oppvekst", "Childhood and youth"),
        _ASKED,
        date(2021, 6, 30),
        _YES,
        (),
        say(
            "Kommunen betalte utstyret.", "Kommunen betalte utstyret.", "The municipality paid for the gear."
        ),
        date(2021, 6, 30),
    ),
    Deed(
        "give-back",
        "play",
        say(
            "Gi innsikten tilbake til de unge før skoleferien",
            "Gi innsikta tilbake til dei unge før skuleferien",
            "Give the insight back to the young before the school holiday",
        ),
        say(
            "Den som har sagt noe, skal få vite hva det ble til.",
            "Den som har sagt noko, skal få vite kva det vart til.",
            "Whoever has said something should know what became of it.",
        ),
        "municipality",
        say("Medvirkningsansvarlig", "Medverknadsansvarleg", "Participation lead"),
        date(2021, 6, 17),
        date(2021, 6, 18),
        date(2021, 6, 17),
        (),
        say(
            "Innsikt og ideer ble delt med de unge før ferien, og med alle som hadde vært med.",
            "Innsikt og idear vart delte med dei unge før ferien, og med alle som hadde vore med.",
            "Insight and ideas were shared with the young before the holiday, and with everyone who had taken part.",
        ),
        date(2021, 6, 18),
    ),
)

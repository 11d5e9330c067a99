"""What has been decided so far in Eksempelvik: one of each kind of answer."""

from dialogue.demo.content import Ruling, say
from dialogue.followup.models import BodyPower, DecisionOutcome, DecisionReason

COMMITTEE = say(
    "Kommunens utvalg for teknisk drift",
    "Utvalet for teknisk drift i kommunen",
    "The municipality's committee for technical services",
)
_POLICE = say("Politiet i Eksempelvik", "Politiet i Eksempelvik", "The police in Eksempelvik")
_MUNICIPALITY = say("Eksempelvik kommune", "Eksempelvik kommune", "Eksempelvik municipality")
_WALKERS = say(
    "Kveldsgåerne, på nærmiljøpraten",
    "Kveldsgåarane, på nærmiljøpraten",
    "The evening walkers, at the neighbourhood talk",
)
COUNCIL = say("Politirådet i Eksempelvik", "Politirådet i Eksempelvik", "The police council in Eksempelvik")

RULINGS = (
    Ruling(
        "light",
        "light",
        DecisionOutcome.NOT_NOW,
        DecisionReason.MONEY,
        say(
            "Nye gatelys på gangveien til Øvre koster mer enn det er penger til i år. Forslaget blir med når neste års budsjett lages, og vi sier fra her hvordan det går.",
            "Nye gatelys på gangvegen til Øvre kostar meir enn det er pengar til i år. Framlegget blir med når budsjettet for neste år blir laga, og vi seier frå her korleis det går.",
            "New street lights on the path to Øvre cost more than there is money for this year. The proposal goes into next year's budget work, and we will say here how it goes.",
        ),
        COMMITTEE,
        -12,
    ),
    Ruling(
        "lamps",
        "lamps",
        DecisionOutcome.TAKE_UP,
        DecisionReason.WANTED,
        say(
            "Lamper som ikke virker, skal repareres. Det krever ikke mer penger.",
            "Lamper som ikkje verkar, skal reparerast. Det krev ikkje meir pengar.",
            "Lamps that do not work shall be repaired. That needs no more money.",
        ),
        COMMITTEE,
        -30,
    ),
    Ruling(
        "sight",
        "sight",
        DecisionOutcome.TAKE_UP,
        DecisionReason.WANTED,
        say(
            "Snarveien fra torget brukes av mange og kan bli oversiktlig med lite arbeid.",
            "Snarvegen frå torget blir brukt av mange og kan bli oversiktleg med lite arbeid.",
            "The shortcut from the square is used by many and can be made clear with little work.",
        ),
        COMMITTEE,
        -20,
    ),
    Ruling(
        "bus",
        "bus",
        DecisionOutcome.PASS_ON,
        DecisionReason.OTHERS_TASK,
        say(
            "Fylkeskommunen bestemmer rutetidene. Vi har sendt ønskene dit og bedt om svar. Du trenger ikke sende dem på nytt.",
            "Fylkeskommunen fastset rutetidene. Vi har sendt ønska dit og bede om svar. Du treng ikkje sende dei på nytt.",
            "The county authority sets the timetables. We have sent the wishes there and asked for an answer. You need not send them again.",
        ),
        _MUNICIPALITY,
        -24,
        passed_to="county",
    ),
    Ruling(
        "cameras",
        "cameras",
        DecisionOutcome.NOT_FORWARD,
        DecisionReason.LAW,
        say(
            "Kamera ville filmet alle som går over torget, også de som bare skal hjem. Så stort inngrep kan vi ikke forsvare når lys, folk og et sted å vente kan gjøre samme nytte.",
            "Kamera ville filma alle som går over torget, òg dei som berre skal heim. Eit så stort inngrep kan vi ikkje forsvare når lys, folk og ein stad å vente kan gjere same nytte.",
            "Cameras would film everyone who crosses the square, also those who are only going home. We cannot defend so much intrusion when light, people and somewhere to wait can do as much good.",
        ),
        _POLICE,
        -15,
    ),
    Ruling(
        "walk",
        "walk",
        DecisionOutcome.RESIDENTS,
        DecisionReason.WANTED,
        say(
            "«Dette gjør vi selv», sa kveldsgåerne. Kommunen trykker refleksvester, og politiet vet når de går.",
            "«Dette gjer vi sjølve», sa kveldsgåarane. Kommunen trykkjer refleksvestar, og politiet veit når dei går.",
            "“We do this ourselves,” the evening walkers said. The municipality prints reflective vests, and the police know when they walk.",
        ),
        _WALKERS,
        -14,
    ),
    Ruling(
        "wait",
        "wait",
        DecisionOutcome.TAKE_UP,
        DecisionReason.WANTED,
        say(
            "Biblioteket kan holdes åpent uten ekstra vakt to kvelder i uka. Vi prøver i tre måneder.",
            "Biblioteket kan haldast ope utan ekstra vakt to kveldar i veka. Vi prøver i tre månader.",
            "The library can stay open without extra staff two evenings a week. We try it for three months.",
        ),
        _MUNICIPALITY,
        -18,
    ),
    Ruling(
        "police",
        "police",
        DecisionOutcome.TAKE_UP,
        DecisionReason.WANTED,
        say(
            "Vi legger en fast runde til fots når siste buss går, så sant vi ikke er på oppdrag.",
            "Vi legg ein fast runde til fots når siste buss går, så sant vi ikkje er på oppdrag.",
            "We add a regular round on foot when the last bus leaves, unless we are on a call.",
        ),
        _POLICE,
        -19,
    ),
    Ruling(
        "number",
        "number",
        DecisionOutcome.TAKE_UP,
        DecisionReason.WANTED,
        say(
            "Politirådet drøftet innspillene og anbefalte kommunen og politiet å skrive på busskurene hvem man kan ringe.",
            "Politirådet drøfta innspela og tilrådde kommunen og politiet å skrive på busskura kven ein kan ringje.",
            "The police council discussed the input and recommended the municipality and the police to write in the bus shelters whom to call.",
        ),
        COUNCIL,
        -22,
        BodyPower.RECOMMENDS,
    ),
)

"""Themes of the board in Eksempelvik. Ice, traffic and events wait for a decision."""

from dialogue.demo.content import NOTHING, Gathering, say

ROADS = say("Teknisk drift", "Teknisk drift", "Technical services")

THEMES = (
    Gathering(
        "light",
        say("Mørke strekninger", "Mørke strekningar", "Dark stretches"),
        say(
            "Det er mørkt mellom kaia og brua og på gangveien til Øvre. Skolebarn, nattarbeidere og de som hører dårlig, merker det mest.",
            "Det er mørkt mellom kaia og brua og på gangvegen til Øvre. Skulebarn, nattarbeidarar og dei som høyrer dårleg, merkar det mest.",
            "It is dark between the quay and the bridge and on the path to Øvre. Schoolchildren, night workers and people with poor hearing notice it most.",
        ),
        say(
            "Nye stolper må inn i budsjettet.",
            "Nye stolpar må inn i budsjettet.",
            "New lamp posts must go into the budget.",
        ),
        ROADS,
    ),
    Gathering(
        "lamps",
        say("Lamper som ikke virker", "Lamper som ikkje verkar", "Lamps that do not work"),
        say(
            "Lampene i undergangen ved skolen har vært mørke i ukevis.",
            "Lampene i undergangen ved skulen har vore mørke i vekevis.",
            "The lamps in the underpass by the school have been dark for weeks.",
        ),
        say("Reparere dem nå.", "Reparere dei no.", "Repair them now."),
        ROADS,
    ),
    Gathering(
        "sight",
        say("Busker og svinger", "Buskar og svingar", "Bushes and bends"),
        say(
            "Folk går omvei der de ikke ser hvem som er rundt svingen.",
            "Folk går omveg der dei ikkje ser kven som er rundt svingen.",
            "People take a detour where they cannot see who is around the bend.",
        ),
        say(
            "Klippe langs snarveien fra torget.",
            "Klippe langs snarvegen frå torget.",
            "Cut along the shortcut from the square.",
        ),
        say(
            "Teknisk drift og velforeningen",
            "Teknisk drift og velforeininga",
            "Technical services and the residents' association",
        ),
    ),
    Gathering(
        "bus",
        say("Siste buss", "Siste buss", "The last bus"),
        say(
            "Siste buss går før treningen er ferdig og før ferja er inne.",
            "Siste buss går før treninga er ferdig og før ferja er inne.",
            "The last bus leaves before training ends and before the ferry is in.",
        ),
        say(
            "Sende ønskene til fylkeskommunen, som bestemmer rutene.",
            "Sende ønska til fylkeskommunen, som fastset rutene.",
            "Send the wishes to the county authority, which sets the timetables.",
        ),
        say("Eksempel fylkeskommune", "Eksempel fylkeskommune", "Eksempel county authority"),
    ),
    Gathering(
        "cameras",
        say("Kameraer på torget", "Kamera på torget", "Cameras on the square"),
        say(
            "Noen vil ha kamera på torget og i undergangen. Minst like mange vil ikke bli filmet på vei hjem.",
            "Nokre vil ha kamera på torget og i undergangen. Minst like mange vil ikkje bli filma på veg heim.",
            "Some want cameras on the square and in the underpass. At least as many do not want to be filmed on their way home.",
        ),
        say("Ikke gå videre med kamera.", "Ikkje gå vidare med kamera.", "Not go on with cameras."),
        say("Politiet og kommunen", "Politiet og kommunen", "The police and the municipality"),
    ),
    Gathering(
        "walk",
        say("Gå sammen", "Gå saman", "Walk together"),
        say(
            "Mange går likevel: med hunden, på kveldsturen, fra siste ferje. De vil gjerne gå sammen med noen.",
            "Mange går likevel: med hunden, på kveldsturen, frå siste ferje. Dei vil gjerne gå saman med nokon.",
            "Many walk anyway: with the dog, on their evening walk, from the last ferry. They would like company.",
        ),
        say(
            "Kveldsgåerne avtaler faste runder og følge fra kaia.",
            "Kveldsgåarane avtalar faste rundar og følgje frå kaia.",
            "The evening walkers agree on regular rounds and company from the quay.",
        ),
        say(
            "Kveldsgåerne og velforeningen",
            "Kveldsgåarane og velforeininga",
            "The evening walkers and the residents' association",
        ),
    ),
    Gathering(
        "wait",
        say("Et sted å vente", "Ein stad å vente", "Somewhere to wait"),
        say(
            "Å vente alene ute er det verste. Inne på biblioteket eller ved kiosken er det folk.",
            "Å vente åleine ute er det verste. Inne på biblioteket eller ved kiosken er det folk.",
            "Waiting alone outside is the worst. In the library or by the kiosk there are people.",
        ),
        say(
            "Holde biblioteket åpent til siste buss.",
            "Halde biblioteket ope til siste buss.",
            "Keep the library open until the last bus.",
        ),
        say("Biblioteket", "Biblioteket", "The library"),
    ),
    Gathering(
        "police",
        say(
            "Politi som er lett å snakke med",
            "Politi som er lett å snakke med",
            "Police who are easy to talk to",
        ),
        say(
            "Folk vil møte politiet til fots, ved siste buss, uten at noe har skjedd.",
            "Folk vil møte politiet til fots, ved siste buss, utan at noko har hendt.",
            "People want to meet the police on foot, at the last bus, when nothing has happened.",
        ),
        say(
            "Gå fra torget til kaia når siste buss går.",
            "Gå frå torget til kaia når siste buss går.",
            "Walk from the square to the quay when the last bus leaves.",
        ),
        say("Politiet i Eksempelvik", "Politiet i Eksempelvik", "The police in Eksempelvik"),
    ),
    Gathering(
        "number",
        say("Hvem kan jeg ringe?", "Kven kan eg ringje?", "Whom can I call?"),
        say(
            "Mange vet ikke hvem de skal ringe når det ikke er nød, minst av alt de som er nye her.",
            "Mange veit ikkje kven dei skal ringje når det ikkje er naud, minst av alt dei som er nye her.",
            "Many do not know whom to call when it is no emergency, least of all those who are new here.",
        ),
        say(
            "Henge opp numrene på busskurene, på flere språk.",
            "Hengje opp numra på busskura, på fleire språk.",
            "Put the numbers up in the bus shelters, in several languages.",
        ),
        say("Kommunen og politiet", "Kommunen og politiet", "The municipality and the police"),
    ),
    Gathering(
        "ice",
        say("Is og brøyting", "Is og brøyting", "Ice and snow clearing"),
        say(
            "Is i bakkene og kanter etter plogen stopper rullatorer, rullestoler og skolebarn.",
            "Is i bakkane og kantar etter plogen stoppar rullatorar, rullestolar og skulebarn.",
            "Ice on the hills and ridges left by the plough stop walkers, wheelchairs and schoolchildren.",
        ),
        say(
            "Brøyte fortau først på skoledager, og sette ut sandkasser.",
            "Brøyte fortau først på skuledagar, og setje ut sandkasser.",
            "Clear pavements first on school days, and put out boxes of sand.",
        ),
        say("Teknisk drift og naboer", "Teknisk drift og naboar", "Technical services and neighbours"),
    ),
    Gathering(
        "traffic",
        say("Fart, sykler og sparkesykler", "Fart, syklar og sparkesyklar", "Speed, bicycles and scooters"),
        say(
            "Biler kjører fort forbi skolen, og sparkesykler sperrer fortauet for dem som ser dårlig.",
            "Bilar køyrer fort forbi skulen, og sparkesyklar sperrar fortauet for dei som ser dårleg.",
            "Cars drive fast past the school, and scooters block the pavement for those who see poorly.",
        ),
        NOTHING,
        NOTHING,
    ),
    Gathering(
        "events",
        say("Festivalhelga", "Festivalhelga", "The festival weekend"),
        say(
            "Én helg i året er det folk overalt og ingen måte å komme hjem på.",
            "Éi helg i året er det folk overalt og ingen måte å kome heim på.",
            "One weekend a year there are people everywhere and no way to get home.",
        ),
        NOTHING,
        NOTHING,
    ),
)

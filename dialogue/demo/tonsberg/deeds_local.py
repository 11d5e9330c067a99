"""What residents, associations and businesses did, and the ripples afterwards."""

from datetime import date

from dialogue.demo.content import Deed, News, say

_ASKED, _YES, _END = date(2021, 6, 17), date(2021, 6, 18), date(2021, 8, 31)

RESIDENTS = (
    Deed(
        "evening-walk",
        "adults",
        say(
            "Gå tur på stranda når dagen blir kveld",
            "Gå tur på stranda når dagen blir kveld",
            "Walk on the beach when day turns to evening",
        ),
        say(
            "Det var det de unge ba om: voksne i nærheten akkurat da.",
            "Det var det dei unge bad om: vaksne i nærleiken akkurat då.",
            "That was what the young asked for: adults near at just that hour.",
        ),
        "neighbours",
        say("De som går tur likevel", "Dei som går tur likevel", "Those who walk anyway"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 2),
                say(
                    "Vi er noen på stranda hver kveld når det er fint vær.",
                    "Vi er nokre på stranda kvar kveld når det er fint vêr.",
                    "Some of us are on the beach every evening when the weather is fine.",
                ),
            ),
        ),
        say(
            "Innbyggere gikk tur på stranda i skiftet mellom dag og kveld hele sommeren.",
            "Innbyggjarar gjekk tur på stranda i skiftet mellom dag og kveld heile sommaren.",
            "Residents walked on the beach between day and evening all summer.",
        ),
        _END,
    ),
    Deed(
        "ravens",
        "adults",
        say("Flere natteravner ute", "Fleire natteramnar ute", "More night ravens out"),
        say(
            "Flere voksne ute gir roligere helger.",
            "Fleire vaksne ute gir rolegare helger.",
            "More adults out make for calmer weekends.",
        ),
        "ravens",
        say("Natteravnene", "Natteramnane", "The night ravens"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 3),
                say(
                    "Vi har fått nye medlemmer som vil gå.",
                    "Vi har fått nye medlemmer som vil gå.",
                    "We have new members who want to walk.",
                ),
            ),
        ),
        say(
            "Natteravnene var aktive, fikk nye medlemmer og holdt tett kontakt med politiet.",
            "Natteramnane var aktive, fekk nye medlemmer og heldt tett kontakt med politiet.",
            "The night ravens were active, had new members and kept close contact with the police.",
        ),
        _END,
    ),
    Deed(
        "litter-bag",
        "adults",
        say(
            "Gå og jogge med søppelpose og et ekstra blikk",
            "Gå og jogge med søppelpose og eit ekstra blikk",
            "Walk and jog with a litter bag and an extra eye",
        ),
        say(
            "Posen gir en grunn til å stoppe og hilse.",
            "Posen gir ein grunn til å stoppe og helse.",
            "The bag gives a reason to stop and say hello.",
        ),
        "neighbours",
        say("De som går og jogger", "Dei som går og joggar", "Those who walk and jog"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Voksne gikk og jogget med søppelpose og fulgte litt ekstra med på ungdommene.",
            "Vaksne gjekk og jogga med søppelpose og følgde litt ekstra med på ungdommane.",
            "Adults walked and jogged with a litter bag and kept an extra eye on the young.",
        ),
        _END,
    ),
    Deed(
        "parents",
        "parents",
        say(
            "Dele mer om hva ungdommene gjør, og hvor de er",
            "Dele meir om kva ungdommane gjer, og kvar dei er",
            "Share more about what the young do and where they are",
        ),
        say(
            "Foreldre som snakker sammen, blir lettere enige.",
            "Foreldre som snakkar saman, blir lettare samde.",
            "Parents who talk agree more easily.",
        ),
        "parents",
        say("Foreldrene i nærmiljøet", "Foreldra i nærmiljøet", "Parents in the neighbourhood"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Foreldrene delte mer med hverandre gjennom sommeren.",
            "Foreldra delte meir med kvarandre gjennom sommaren.",
            "The parents shared more with each other through the summer.",
        ),
        _END,
    ),
)

BUSINESS = (
    Deed(
        "spread",
        "work",
        say(
            "Fortelle om opplegget og få med voksne",
            "Fortelje om opplegget og få med vaksne",
            "Tell about the effort and bring adults along",
        ),
        say(
            "Bedriftene når folk som ikke leser brev fra kommunen.",
            "Bedriftene når folk som ikkje les brev frå kommunen.",
            "Businesses reach people who do not read letters from the municipality.",
        ),
        "business",
        say("Bedriftene i området", "Bedriftene i området", "Businesses in the area"),
        _ASKED,
        date(2021, 6, 30),
        _YES,
        (),
        say(
            "Næringslivet delte informasjon og fikk med voksne gjennom kanalene sine.",
            "Næringslivet delte informasjon og fekk med vaksne gjennom kanalane sine.",
            "Businesses shared information and mobilised adults through their channels.",
        ),
        date(2021, 6, 30),
    ),
    Deed(
        "summer-jobs",
        "work",
        say("Sommerjobber til ungdom", "Sommarjobbar til ungdom", "Summer jobs for young people"),
        say(
            "Noen timer i uka gir egne penger og noen som regner med deg.",
            "Nokre timar i veka gir eigne pengar og nokon som reknar med deg.",
            "A few hours a week give money of your own and somebody who counts on you.",
        ),
        "business",
        say("Bedriftene i området", "Bedriftene i området", "Businesses in the area"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Ungdommer fikk sommerjobb. Bedriftene hadde merket hva som var i gang.",
            "Ungdommar fekk sommarjobb. Bedriftene hadde merkt kva som var i gang.",
            "Young people got summer jobs. Businesses had noticed what was going on.",
        ),
        _END,
    ),
    Deed(
        "share-board",
        "work",
        say(
            "Dele ideene på Facebook-siden til lokalforeningen",
            "Dele ideane på Facebook-sida til lokalforeininga",
            "Share the ideas on the local association's Facebook page",
        ),
        say(
            "Da får også de som ikke var med, se hva som kom fram.",
            "Då får òg dei som ikkje var med, sjå kva som kom fram.",
            "Then those who were not there can see what came up.",
        ),
        "association",
        say("Lokalforeningen", "Lokalforeininga", "The local association"),
        _ASKED,
        date(2021, 6, 18),
        _ASKED,
        (),
        say("Tavla ble delt.", "Tavla vart delt.", "The board was shared."),
        date(2021, 6, 18),
    ),
)

RIPPLES = (
    Deed(
        "school-police",
        "together",
        say(
            "Gjøre det lettere for skolene og politiet å arbeide sammen",
            "Gjere det lettare for skulane og politiet å arbeide saman",
            "Make it easier for schools and police to work together",
        ),
        say(
            "Skolene åpnet døra i juni. Det ville ingen miste.",
            "Skulane opna døra i juni. Det ville ingen miste.",
            "The schools opened their doors in June. Nobody wanted to lose that.",
        ),
        "school",
        say(
            "Ringshaug ungdomsskole sammen med politikontakten",
            "Ringshaug ungdomsskule saman med politikontakten",
            "Ringshaug lower secondary school with the police contact",
        ),
        date(2021, 6, 18),
        date(2021, 9, 30),
        date(2021, 6, 21),
        (),
        say(
            "Samarbeidet gikk lettere enn før, også med Ung Tønsberg og om andre ting.",
            "Samarbeidet gjekk lettare enn før, òg med Ung Tønsberg og om andre ting.",
            "Working together was easier than before, also with Ung Tønsberg and on other matters.",
        ),
        date(2021, 9, 30),
    ),
    Deed(
        "meet-up",
        "together",
        say(
            "Finne nye steder for dialog, blant annet et biltreff på Revetal",
            "Finne nye stader for dialog, mellom anna eit biltreff på Revetal",
            "Find new arenas for dialogue, among them a car meet-up at Revetal",
        ),
        say(
            "Det som virket på stranda, kan virke for andre grupper.",
            "Det som verka på stranda, kan verke for andre grupper.",
            "What worked on the beach may work for other groups.",
        ),
        "police",
        say(
            "Politiet sammen med kommunen", "Politiet saman med kommunen", "The police with the municipality"
        ),
        date(2021, 8, 16),
        date(2021, 10, 31),
        date(2021, 8, 18),
        (),
        say(
            "Rundt 250 bilinteresserte kom på treffet på Revetal.",
            "Rundt 250 bilinteresserte kom på treffet på Revetal.",
            "About 250 car enthusiasts came to the meet-up at Revetal.",
        ),
        date(2021, 10, 31),
    ),
)

"""The actions in Eksempelvik, in every state an action can be in."""

from dialogue.actions.models import ActionState
from dialogue.demo.content import Deed, News, say

_DRIFT = say("Driftsleder", "Driftsleiar", "Head of operations")
_CHAIR = say("Styret", "Styret", "The board")

DEEDS = (
    Deed(
        "underpass",
        "lamps",
        say(
            "Reparere lampene i undergangen",
            "Reparere lampene i undergangen",
            "Repair the lamps in the underpass",
        ),
        say(
            "To av tre lamper virket ikke.",
            "To av tre lamper verka ikkje.",
            "Two of three lamps did not work.",
        ),
        "roads",
        _DRIFT,
        -30,
        -16,
        -29,
        (News(-27, say("Delene er bestilt.", "Delane er bestilte.", "The parts are ordered.")),),
        say(
            "Alle tre lampene lyser, og det er satt inn et vern som gjør dem vanskeligere å ødelegge.",
            "Alle tre lampene lyser, og det er sett inn eit vern som gjer dei vanskelegare å øydeleggje.",
            "All three lamps are lit, with a guard that makes them harder to break.",
        ),
        -21,
    ),
    Deed(
        "bushes",
        "sight",
        say(
            "Klippe buskene langs snarveien fra torget",
            "Klippe buskane langs snarvegen frå torget",
            "Cut the bushes along the shortcut from the square",
        ),
        say("Da ser man rundt svingen.", "Då ser ein rundt svingen.", "Then one can see around the bend."),
        "roads",
        _DRIFT,
        -18,
        8,
        new_date=38,
        reply="Klippemaskinen er på verksted til over månedsskiftet. Vi kan love det en måned senere.",
    ),
    Deed(
        "tidy",
        "sight",
        say(
            "Dugnad: rydde og merke snarveien fra torget",
            "Dugnad: rydde og merkje snarvegen frå torget",
            "Volunteer day: tidy and mark the shortcut from the square",
        ),
        say(
            "Når buskene er klippet, trengs det folk som raker, og en stolpe med refleks i hver ende.",
            "Når buskane er klipte, trengst det folk som rakar, og ein stolpe med refleks i kvar ende.",
            "When the bushes are cut, people are needed to rake, and a post with a reflector at each end.",
        ),
        "neighbourhood",
        _CHAIR,
        -3,
        32,
    ),
    Deed(
        "porch-lights",
        "walk",
        say(
            "Be alle langs gangveien la utelyset stå på til siste buss",
            "Be alle langs gangvegen la utelyset stå på til siste buss",
            "Ask everyone along the path to leave the porch light on until the last bus",
        ),
        say(
            "Det koster lite og hjelper mens vi venter på gatelys.",
            "Det kostar lite og hjelper medan vi ventar på gatelys.",
            "It costs little and helps while we wait for street lights.",
        ),
        "neighbourhood",
        _CHAIR,
        -14,
        -4,
        -13,
        (
            News(
                -9,
                say(
                    "Vi har skrevet en lapp som skal i postkassene.",
                    "Vi har skrive ein lapp som skal i postkassane.",
                    "We have written a note for the letter boxes.",
                ),
            ),
        ),
    ),
    Deed(
        "walkers",
        "walk",
        say(
            "Faste kveldsrunder og følge fra siste ferje",
            "Faste kveldsrundar og følgje frå siste ferje",
            "Regular evening rounds and company from the last ferry",
        ),
        say(
            "Ingen trenger å gå alene fra kaia.",
            "Ingen treng å gå åleine frå kaia.",
            "Nobody needs to walk alone from the quay.",
        ),
        "walkers",
        say("De som går", "Dei som går", "Those who walk"),
        -14,
        90,
        -13,
        (
            News(
                -10,
                say(
                    "Vi møtes ved billettautomaten tirsdag og fredag.",
                    "Vi møtest ved billettautomaten tysdag og fredag.",
                    "We meet by the ticket machine on Tuesdays and Fridays.",
                ),
            ),
            News(
                -3,
                say(
                    "Ni stykker gikk sammen på fredag. Vestene er kommet.",
                    "Ni stykke gjekk saman på fredag. Vestane er komne.",
                    "Nine people walked together on Friday. The vests have come.",
                ),
            ),
        ),
    ),
    Deed(
        "library",
        "wait",
        say(
            "Holde biblioteket åpent til siste buss to kvelder i uka",
            "Halde biblioteket ope til siste buss to kveldar i veka",
            "Keep the library open until the last bus two evenings a week",
        ),
        say(
            "Et varmt og trygt sted å vente.",
            "Ein varm og trygg stad å vente.",
            "A warm and safe place to wait.",
        ),
        "library",
        say("Biblioteksjefen", "Biblioteksjefen", "The head librarian"),
        -18,
        75,
        -16,
        (
            News(
                -7,
                say(
                    "Åpent tirsdag og torsdag fra denne uka.",
                    "Ope tysdag og torsdag frå denne veka.",
                    "Open Tuesdays and Thursdays from this week.",
                ),
            ),
        ),
    ),
    Deed(
        "warm-bench",
        "wait",
        say(
            "Sette varme i benken på ferjekaia",
            "Setje varme i benken på ferjekaia",
            "Heat the bench on the ferry quay",
        ),
        say(
            "Der venter mange på siste buss, og det er kaldt.",
            "Der ventar mange på siste buss, og det er kaldt.",
            "Many wait there for the last bus, and it is cold.",
        ),
        "roads",
        _DRIFT,
        -18,
        30,
        -17,
        (
            News(
                -12,
                say(
                    "Vi har målt opp og bedt om pris på strøm.",
                    "Vi har målt opp og bede om pris på straum.",
                    "We have measured up and asked what the power would cost.",
                ),
            ),
        ),
        say(
            "Stoppet: Kaia får ikke strøm uten å grave, og det er ikke lov der før området er undersøkt. Biblioteket holder åpent for dem som venter.",
            "Stoppa: Kaia får ikkje straum utan å grave, og det er ikkje lov der før området er undersøkt. Biblioteket held ope for dei som ventar.",
            "Stopped: The quay gets no power without digging, which is not allowed there until the area has been surveyed. The library stays open for those who wait.",
        ),
        -7,
    ),
    Deed(
        "foot-patrol",
        "police",
        say(
            "Gå fra torget til kaia når siste buss går",
            "Gå frå torget til kaia når siste buss går",
            "Walk from the square to the quay when the last bus leaves",
        ),
        say(
            "Det skal være lett å si hei til politiet.",
            "Det skal vere lett å seie hei til politiet.",
            "It should be easy to say hello to the police.",
        ),
        "police",
        say("Patruljene", "Patruljane", "The patrols"),
        -19,
        60,
        -18,
        (
            News(
                -11,
                say(
                    "Vi har gått seks kvelder og snakket med mange.",
                    "Vi har gått seks kveldar og snakka med mange.",
                    "We have walked six evenings and talked with many.",
                ),
            ),
            News(
                -11,
                say(
                    "Fredager er vanskelige når det bare er én patrulje.",
                    "Fredagar er vanskelege når det berre er éin patrulje.",
                    "Fridays are hard with only one patrol.",
                ),
                is_public=False,
            ),
        ),
    ),
    Deed(
        "shelters",
        "number",
        say(
            "Skrive på busskurene hvem du kan ringe",
            "Skrive på busskura kven du kan ringje",
            "Write on the bus shelters whom you can call",
        ),
        say(
            "Mange vet ikke nummeret når det ikke haster.",
            "Mange veit ikkje nummeret når det ikkje hastar.",
            "Many do not know the number for what is not urgent.",
        ),
        "municipality",
        say("Kommunikasjon", "Kommunikasjon", "Communications"),
        -20,
        -8,
        -19,
        (),
        say(
            "Plakaten henger i seks av ni skur, på fem språk. De tre siste eies av fylkeskommunen, som vi har spurt.",
            "Plakaten heng i seks av ni skur, på fem språk. Dei tre siste eig fylkeskommunen, som vi har spurt.",
            "The poster is up in six of nine shelters, in five languages. The last three belong to the county authority, which we have asked.",
        ),
        -8,
    ),
    Deed(
        "bus-letter",
        "bus",
        say(
            "Sende ønskene om siste buss til fylkeskommunen",
            "Sende ønska om siste buss til fylkeskommunen",
            "Send the wishes about the last bus to the county authority",
        ),
        say(
            "De som bestemmer, skal få det fra oss, ikke fra hver enkelt.",
            "Dei som avgjer, skal få det frå oss, ikkje frå kvar einskild.",
            "Those who decide should hear it from us, not from each of you.",
        ),
        "municipality",
        say("Prosjektleder", "Prosjektleiar", "Project lead"),
        -24,
        -18,
        -24,
        (),
        say(
            "Sendt, med alle innspillene samlet på én side. Fylkeskommunen svarer når rutene for neste år er klare.",
            "Sendt, med alle innspela samla på éi side. Fylkeskommunen svarar når rutene for neste år er klare.",
            "Sent, with all the input on one page. The county authority will answer when next year's timetables are ready.",
        ),
        -22,
    ),
)
# Accepted but not finished, and not yet begun either.
NOT_BEGUN = frozenset({"porch-lights"})
# How an action ended that was not simply done.
ENDS = {"shelters": ActionState.PARTLY_DONE, "warm-bench": ActionState.STOPPED}

"""The open survey of the way home, with some generated answers."""

from dialogue.demo.content import Ask, Choice, Way, say
from dialogue.dialogues.models import Channel
from dialogue.surveys.models import QuestionKind

OPENED, CLOSES, ANSWERS = -40, 14, 137

TITLE = say("Hvordan er veien hjem?", "Korleis er vegen heim?", "How is the way home?")
INTRO = say(
    "Seks korte spørsmål, to minutter. Svarene er anonyme.",
    "Seks korte spørsmål, to minutt. Svara er anonyme.",
    "Six short questions, two minutes. The answers are anonymous.",
)
NOTE = say(
    "Alle svar i demoen er laget av et program.",
    "Alle svar i demoen er laga av eit program.",
    "All answers in the demo are made by a program.",
)

ASKS = (
    Ask(
        "how",
        QuestionKind.SINGLE,
        say(
            "Hvordan kommer du deg oftest hjem om kvelden?",
            "Korleis kjem du deg oftast heim om kvelden?",
            "How do you most often get home in the evening?",
        ),
        required=True,
        choices=(
            Choice(say("Til fots", "Til fots", "On foot"), 0.37),
            Choice(say("Buss", "Buss", "Bus"), 0.22),
            Choice(say("Sykkel eller sparkesykkel", "Sykkel eller sparkesykkel", "Bicycle or scooter"), 0.14),
            Choice(say("Bil", "Bil", "Car"), 0.23),
            Choice(say("Ferje", "Ferje", "Ferry"), 0.04),
        ),
    ),
    Ask(
        "safe",
        QuestionKind.SCALE,
        say(
            "Hvor trygg er du på vei hjem når det er mørkt?",
            "Kor trygg er du på veg heim når det er mørkt?",
            "How safe do you feel on your way home after dark?",
        ),
        required=True,
        lowest=1,
        highest=5,
        lowest_label=say("Svært utrygg", "Svært utrygg", "Very unsafe"),
        highest_label=say("Svært trygg", "Svært trygg", "Very safe"),
    ),
    Ask(
        "what",
        QuestionKind.SEVERAL,
        say("Hva ville hjulpet deg mest?", "Kva ville hjelpt deg mest?", "What would help you most?"),
        choices=(
            Choice(say("Bedre lys", "Betre lys", "Better light"), 0.62),
            Choice(say("Senere buss", "Seinare buss", "A later bus"), 0.44),
            Choice(say("Noen å gå sammen med", "Nokon å gå saman med", "Somebody to walk with"), 0.31),
            Choice(say("Et sted å vente", "Ein stad å vente", "Somewhere to wait"), 0.28),
            Choice(
                say(
                    "Bedre brøyting og strøing",
                    "Betre brøyting og strøing",
                    "Better clearing of snow and ice",
                ),
                0.36,
            ),
            Choice(say("Synlig politi", "Synleg politi", "Visible police"), 0.24),
        ),
    ),
    Ask(
        "minutes",
        QuestionKind.NUMBER,
        say(
            "Hvor mange minutter bruker du hjem?",
            "Kor mange minutt bruker du heim?",
            "How many minutes does it take you to get home?",
        ),
        lowest=1,
        highest=180,
    ),
    Ask(
        "age",
        QuestionKind.SINGLE,
        say("Hvor gammel er du?", "Kor gammal er du?", "How old are you?"),
        choices=(
            Choice(say("Under 18", "Under 18", "Under 18"), 0.19),
            Choice(say("18–34", "18–34", "18–34"), 0.22),
            Choice(say("35–66", "35–66", "35–66"), 0.41),
            Choice(say("67 eller eldre", "67 eller eldre", "67 or older"), 0.18),
        ),
    ),
    Ask(
        "more",
        QuestionKind.LONG_TEXT,
        say(
            "Er det noe mer du vil si?",
            "Er det noko meir du vil seie?",
            "Is there anything more you want to say?",
        ),
        say("Ikke skriv navn.", "Ikkje skriv namn.", "Do not write names."),
    ),
)
CHANNELS = (
    Way(say("Plakat med QR-kode", "Plakat med QR-kode", "Poster with QR code"), Channel.POSTER, 0.34),
    Way(say("Kommunens nettside", "Nettsida til kommunen", "The municipality's website"), Channel.WEB, 0.41),
    Way(say("Skolen", "Skulen", "School"), Channel.SCHOOL, 0.25),
)
REMARKS = (
    "Takk for at dere spør.",
    "Det er verst i november, før snøen kommer.",
    "Eg går aldri åleine frå kaia.",
    "Bussen, bussen, bussen.",
    "I feel safe, but my daughter does not.",
    "Hos oss er det isen som er farlig, ikke folk.",
    "Fint at biblioteket er åpent lenger.",
    "Det hjelper når noen hilser.",
)

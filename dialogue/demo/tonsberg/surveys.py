"""The two surveys after the summer. Totals and shares are published; the single answers are generated to fit."""

from datetime import date

from dialogue.demo.content import Ask, Choice, Way, say
from dialogue.dialogues.models import Channel
from dialogue.surveys.models import QuestionKind

OPENED, CLOSED = date(2021, 9, 1), date(2021, 9, 26)

RESIDENTS_TOTAL = 2067
# 91 % adults and 9 % young people, 37 % labelled "Tønsberg": the whole numbers nearest to the published shares.
ADULTS, YOUNG = 1881, 186
FROM_TONSBERG, FROM_ELSEWHERE = 765, 1302
STAFF_TOTAL = 71

TITLE = say("Hvordan ble sommeren?", "Korleis vart sommaren?", "How did the summer go?")
INTRO = say(
    "Til deg som bor, arbeider eller er ung i området. Undersøkelsen er avsluttet.",
    "Til deg som bur, arbeider eller er ung i området. Undersøkinga er avslutta.",
    "For those who live, work or are young in the area. The survey has ended.",
)
NOTE = say(
    "Publisert: 2 067 svar, 91 % voksne og 9 % ungdom, og 37 % som bare står som «Tønsberg». Enkeltsvarene er "
    "laget av et program slik at disse tallene stemmer. Svarene på de andre spørsmålene, og hvor mange som kom "
    "gjennom hver kanal, er eksempler og sier ingenting om Tønsberg.",
    "Publisert: 2 067 svar, 91 % vaksne og 9 % ungdom, og 37 % som berre står som «Tønsberg». Enkeltsvara er "
    "laga av eit program slik at desse tala stemmer. Svara på dei andre spørsmåla, og kor mange som kom gjennom "
    "kvar kanal, er døme og seier ingenting om Tønsberg.",
    "Published: 2,067 answers, 91% adults and 9% young people, and 37% labelled only “Tønsberg”. The single "
    "answers are made by a program so that these figures come out right. The answers to the other questions, and "
    "how many came through each channel, are examples and say nothing about Tønsberg.",
)

WHO, WHERE = "who", "where"
ADULT, TEEN = say("Voksen", "Vaksen", "Adult"), say("Ungdom", "Ungdom", "Young person")
HERE, ELSEWHERE = (
    say("Tønsberg", "Tønsberg", "Tønsberg"),
    say("Et annet svar", "Eit anna svar", "Another answer"),
)

ASKS = (
    Ask(
        WHO,
        QuestionKind.SINGLE,
        say(
            "Er du voksen eller ungdom?", "Er du vaksen eller ungdom?", "Are you an adult or a young person?"
        ),
        required=True,
        choices=(Choice(ADULT, ADULTS), Choice(TEEN, YOUNG)),
    ),
    Ask(
        WHERE,
        QuestionKind.SINGLE,
        say("Hvilket sted svarer du for?", "Kva stad svarer du for?", "Which place do you answer for?"),
        say(
            "Kilden viser 37 % med merkelappen «Tønsberg» og sier ikke hva de andre svarte.",
            "Kjelda viser 37 % med merkelappen «Tønsberg» og seier ikkje kva dei andre svara.",
            "The source shows 37% labelled “Tønsberg” and does not say what the others answered.",
        ),
        required=True,
        choices=(Choice(HERE, FROM_TONSBERG), Choice(ELSEWHERE, FROM_ELSEWHERE)),
    ),
    Ask(
        "noticed",
        QuestionKind.SEVERAL,
        say(
            "Hva la du merke til i sommer?",
            "Kva la du merke til i sommar?",
            "What did you notice this summer?",
        ),
        choices=(
            Choice(
                say(
                    "Voksne som gikk tur på stranda",
                    "Vaksne som gjekk tur på stranda",
                    "Adults walking on the beach",
                ),
                0.46,
            ),
            Choice(say("Natteravner", "Natteramnar", "Night ravens"), 0.38),
            Choice(
                say(
                    "Politi som stoppet for å prate",
                    "Politi som stoppa for å prate",
                    "Police who stopped to talk",
                ),
                0.41,
            ),
            Choice(
                say("Utlånskassa i kiosken", "Utlånskassa i kiosken", "The lending box in the kiosk"), 0.27
            ),
            Choice(say("Ingenting av dette", "Ingenting av dette", "None of these"), 0.12),
        ),
    ),
    Ask(
        "useful",
        QuestionKind.SCALE,
        say(
            "Var det nyttig at nærmiljøet gikk sammen?",
            "Var det nyttig at nærmiljøet gjekk saman?",
            "Was it useful that the neighbourhood joined forces?",
        ),
        lowest=1,
        highest=5,
        lowest_label=say("Ikke nyttig", "Ikkje nyttig", "Not useful"),
        highest_label=say("Svært nyttig", "Svært nyttig", "Very useful"),
    ),
)

# Channels through which residents were asked, and the share of the generated answers that came by each.
CHANNELS = (
    Way(say("Egne nettsider", "Eigne nettsider", "Own web pages"), Channel.WEB, 0.22),
    Way(say("Nettavisene", "Nettavisene", "Online newspapers"), Channel.WEB, 0.27),
    Way(say("Sosiale medier", "Sosiale medium", "Social media"), Channel.WEB, 0.33),
    Way(say("Skolen", "Skulen", "School"), Channel.SCHOOL, 0.10),
    Way(say("Kommunen", "Kommunen", "The municipality"), Channel.WEB, 0.08),
)

STAFF_TITLE = say(
    "Til førstelinja i politiet i Vestfold",
    "Til førstelinja i politiet i Vestfold",
    "To the police front line in Vestfold",
)
STAFF_INTRO = say(
    "Til deg som møter innbyggerne i vakta. Undersøkelsen er avsluttet.",
    "Til deg som møter innbyggjarane i vakta. Undersøkinga er avslutta.",
    "For those who meet residents on duty. The survey has ended.",
)
STAFF_NOTE = say(
    "Publisert: 71 svar fra førstelinja i Vestfold. Alt annet her er laget av et program som eksempel og sier "
    "ingenting om hva de ansatte svarte.",
    "Publisert: 71 svar frå førstelinja i Vestfold. Alt anna her er laga av eit program som døme og seier "
    "ingenting om kva dei tilsette svara.",
    "Published: 71 answers from the front line in Vestfold. All else here is made by a program as an example and "
    "says nothing about what the staff answered.",
)
STAFF_CHANNEL = Way(say("E-post til førstelinja", "E-post til førstelinja", "E-mail to the front line"))
STAFF_ASKS = (
    Ask(
        "did",
        QuestionKind.SEVERAL,
        say("Hva gjorde du i sommer?", "Kva gjorde du i sommar?", "What did you do this summer?"),
        choices=(
            Choice(say("Stoppet på klubben", "Stoppa på klubben", "Stopped by the club"), 0.4),
            Choice(say("Var på stranda", "Var på stranda", "Was at the beach"), 0.5),
            Choice(
                say(
                    "Brukte ledig tid der de unge er",
                    "Brukte ledig tid der dei unge er",
                    "Used spare time where the young are",
                ),
                0.6,
            ),
            Choice(say("Ingenting av dette", "Ingenting av dette", "None of these"), 0.2),
        ),
    ),
    Ask(
        "useful",
        QuestionKind.SCALE,
        say(
            "Var innspillene fra de unge nyttige i arbeidet ditt?",
            "Var innspela frå dei unge nyttige i arbeidet ditt?",
            "Was the input from the young useful in your work?",
        ),
        required=True,
        lowest=1,
        highest=5,
        lowest_label=say("Ikke nyttige", "Ikkje nyttige", "Not useful"),
        highest_label=say("Svært nyttige", "Svært nyttige", "Very useful"),
    ),
)

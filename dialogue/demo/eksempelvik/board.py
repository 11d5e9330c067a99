"""The open board: what residents of all ages wrote, in their own languages. All of it is made up."""

from dialogue.boards.models import ReturnReason
from dialogue.demo.content import Sheet, Words, say
from dialogue.demo.eksempelvik import ideas_of_people, ideas_of_places

TITLE = say("Ideer til en trygg vei hjem", "Idear til ein trygg veg heim", "Ideas for a safe way home")
INTRO = say(
    "Kort er fint. Skriv om steder, tider og løsninger, ikke om personer. Vi leser alt før det vises, som regel "
    "innen én arbeidsdag.",
    "Kort er fint. Skriv om stader, tider og løysingar, ikkje om personar. Vi les alt før det blir vist, som regel "
    "innan éin arbeidsdag.",
    "Short is fine. Write about places, times and solutions, not about people. We read everything before it is "
    "shown, usually within one working day.",
)
COLUMNS = (
    say("Hva gjør veien hjem utrygg?", "Kva gjer vegen heim utrygg?", "What makes the way home unsafe?"),
    say("Hva ville gjort den bedre?", "Kva ville gjort han betre?", "What would make it better?"),
    say(
        "Hva kan vi som bor her, gjøre selv?",
        "Kva kan vi som bur her, gjere sjølve?",
        "What can we who live here do ourselves?",
    ),
)
PLACES = ("Kaia", "Sentrum", "Øvre", "Strandsida", "Ytre bygda")
SHEET = Sheet(TITLE, INTRO, COLUMNS, closes=14, places=PLACES, takes_comments=True)

COMMENTS = (
    Words(
        2,
        "",
        "Start med svingen ved barnehagen. Der er det mørkest.",
        "light",
        days_ago=33,
        about="Gatelys på gangveien til Øvre",
    ),
    Words(
        2,
        "",
        "Ja, men ikkje så sterkt at det skin inn på soverommet, takk.",
        "light",
        "nn",
        days_ago=31,
        about="Gatelys på gangveien til Øvre",
    ),
)
IDEAS = (*ideas_of_places.IDEAS, *ideas_of_people.IDEAS, *COMMENTS)

# Not yet read: for whoever tries the task of the police contact.
WAITING = (
    Words(
        2,
        "Tursti i stedet for riksveien",
        "Lag en enkel sti bak butikken, så slipper vi å gå langs riksveien når det er mørkt.",
        waits=True,
        days_ago=1,
    ),
    Words(
        1,
        "Nøkkelen til garderoben",
        "Når treninga er ferdig, blir vi stående ute fordi hallen låses med en gang.",
        waits=True,
        days_ago=1,
    ),
    Words(
        3,
        "Eg kan stille med traktor",
        "Eg kan strø bakken ved helsehuset om kommunen leverer sand. Det tek meg eit kvarter.",
        language="nn",
        waits=True,
        days_ago=1,
    ),
    Words(
        2,
        "Lys ved idrettshallen",
        "Lyset på parkeringsplassen virker ikke. Jeg kan vise dere hvor, ring meg på 400 00 000.",
        waits=True,
        days_ago=1,
    ),
)
# For the duty officer; what it is about is left out even here.
HELD = (
    Words(
        1, "Noe jeg så", "Jeg så noe som noen bør vite om. Hva det var, er utelatt.", held=True, days_ago=1
    ),
    Words(
        1,
        "Noe jeg hørte",
        "Jeg hørte noe som noen bør vite om. Hva det var, er utelatt.",
        held=True,
        handed_over=True,
        days_ago=12,
    ),
)
RETURNED = (
    Words(
        1,
        "Han i det gule huset",
        "Mannen i det gule huset ved brua står alltid og ser på oss. Alle vet hvem det er.",
        returned=ReturnReason.PERSON,
        days_ago=9,
        note="Skriv gjerne om stedet og når du er der, men ikke om en person som kan kjennes igjen. Er du redd for noen, ring politiet på 02800.",
    ),
)

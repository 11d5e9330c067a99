"""The open board: what residents of all ages wrote, in their own languages. All of it is made up."""

from dialogue.boards.models import ReturnReason
from dialogue.demo.content import Sheet, Words, say

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
    say("Hva kan vi som bor her, gjøre selv?", "Kva kan vi som bur her, gjere sjølve?", "What can we who live here do ourselves?"),
)
SHEET = Sheet(TITLE, INTRO, COLUMNS, closes=14)

IDEAS = (
    Words(2, "Lampene ved undergangen", "To av tre lamper i undergangen ved skolen har vært mørke siden høstferien.", "lamps", support=21, days_ago=39),
    Words(1, "Helt svart mellom kaia og brua", "Når siste ferje har lagt til, er det ikke lys før du kommer til brua. Jeg lyser med mobilen.", "light", support=26, days_ago=38),
    Words(2, "Gatelys på gangveien til Øvre", "Gangveien til Øvre trenger stolper. Der går både skolebarn og vi som jobber natt.", "light", support=31, days_ago=37),
    Words(2, "Ljos som kjenner at nokon kjem", "På stien langs elva held det med lamper som kjem på når nokon går forbi. Då slepp dyra lys heile natta.", "light", "nn", 17, days_ago=30),
    Words(1, "Skyggene fra hekken", "Hekken ved barnehagen er så høy at du ikke ser hvem som står bak.", "sight", support=12, days_ago=36),
    Words(2, "Klipp buskene langs snarveien", "Snarveien fra torget er grodd igjen. Klipp en meter på hver side, så ser man rundt svingen.", "sight", support=19, days_ago=35),
    Words(1, "Eg snur ved granholtet", "Granene ved idrettsplassen står så tett at eg heller går heile runden rundt.", "sight", "nn", 8, days_ago=29),
    Words(2, "Speil i svingen", "Et speil i svingen ved ferjekaia hjelper både oss som sykler, og dem som kjører.", "sight", support=6, days_ago=22),
    Words(1, "Siste buss går før treninga er ferdig", "Håndballen slutter halv ni. Siste buss går ti over åtte. Det er fire kilometer hjem.", "bus", support=34, days_ago=38),
    Words(2, "Natteferje og buss bør møtes", "Bussen kjører fem minutter før ferja legger til. Fem minutter senere, så hadde alle kommet med.", "bus", support=23, days_ago=33),
    Words(2, "Let the driver stop between stops", "In my last town the bus could stop anywhere after nine in the evening. It was a great help on dark roads.", "bus", "en", 15, days_ago=28),
    Words(1, "Å vente åleine på busskuret", "Skuret har tette veggar. Eg ser ikkje kven som kjem, og dei ser ikkje meg.", "bus", "nn", 11, days_ago=26),
    Words(2, "Kamera på torget", "Sett opp kamera på torget og ved busstoppet. Da tør flere å gå der.", "cameras", support=13, days_ago=34),
    Words(2, "Ikke kamera, takk", "Jeg vil ikke bli filmet når jeg går hjem. Heller folk enn kamera.", "cameras", support=14, days_ago=31),
    Words(2, "Kamera berre i undergangen", "Torget treng vi ikkje filme, men undergangen er ein stad ingen ser inn.", "cameras", "nn", 5, days_ago=25),
    Words(3, "Gå sammen fra kaia", "Vi er flere som kommer med siste ferje. Vi kan møtes ved billettautomaten og gå i følge.", "walk", support=28, days_ago=37),
    Words(3, "Kveldsrunde på tirsdager", "Jeg går med hunden hver kveld uansett. Blir vi tre–fire stykker, kan vi legge runden der folk vil ha selskap.", "walk", support=24, days_ago=32),
    Words(3, "Utelys på til siste buss", "Vi som bor langs veien, kan la utelyset stå på til siste buss har gått.", "walk", support=22, days_ago=30),
    Words(3, "Helsing frå oss pensjonistar", "Vi er tolv stykke som likevel går kvar kveld. Sei kvar de vil ha oss.", "walk", "nn", 29, days_ago=27),
    Words(3, "Ring hjem-liste i klassen", "Foreldrene i klassen kan ha en liste over hvem som er hjemme hvis et barn trenger å stoppe et sted.", "walk", support=10, days_ago=21),
    Words(2, "Åpent inne på biblioteket", "La oss vente inne på biblioteket til bussen går. Vi skal være stille.", "wait", support=27, days_ago=36),
    Words(2, "Kiosken kan ha en benk", "En benk og en lampe ved kiosken, så er det et sted å vente der folk ser deg.", "wait", support=9, days_ago=24),
    Words(2, "Somewhere warm in winter", "When the bus is late in January there is nowhere to stand. Could the sports hall stay open for half an hour?", "wait", "en", 16, days_ago=20),
    Words(1, "Ungdommer på torget har ikke noe sted", "Det er ikke farlig, men det kjennes sånn når mange står sammen fordi de ikke har noe annet sted å være.", "wait", support=12, days_ago=19),
    Words(2, "Politiet til fots av og til", "Bilen kjører forbi. En tur til fots fra torget til kaia gjør at vi kan si hei.", "police", support=20, days_ago=35),
    Words(2, "Snakk med oss ved siste buss", "Det hadde vært fint om politiet var innom ved siste buss på fredager, bare for å prate.", "police", support=18, days_ago=28),
    Words(1, "Veit ikkje kven eg skal ringje", "Det er ikkje naud, men eg vil gjerne snakke med nokon. Skriv nummeret på busskuret.", "number", "nn", 14, days_ago=23),
    Words(1, "Is på bakken ved helsehuset", "Med rullator kommer jeg ikke hjem fra helsehuset når det har frosset på.", "ice", support=25, days_ago=18),
    Words(2, "Brøyt fortauet før bilveien", "Barna må gå i veien når fortauet ikke er brøytet. Ta fortauet først på skoledager.", "ice", support=23, days_ago=17),
    Words(2, "Sandkasser i bratte bakker", "Set ut kasser med sand i dei brattaste bakkane, så kan vi strø sjølve.", "ice", "nn", 13, days_ago=15),
    Words(1, "Rolstol og brøytekantar", "Kantane etter plogen ligg midt i overgangen. Då kjem eg verken fram eller tilbake.", "ice", "nn", 15, days_ago=12),
    Words(3, "Måk for naboen", "Vi i gata kan dele på å måke foran dem som ikke klarer det selv.", "ice", support=9, days_ago=10),
    Words(1, "Biler som kjører fort forbi fotballbanen", "Om sommeren er det sykler, barn og biler på samme vei. Bilene holder ikke farten.", "traffic", support=16, days_ago=16),
    Words(2, "Fartshumper ved skolen", "To humper før gangfeltet, så slipper vi å holde barna i jakka.", "traffic", support=14, days_ago=14),
    Words(1, "Sparkesykler på fortauet", "Sparkesyklene ligger på tvers. Jeg ser dårlig og har snublet to ganger.", "traffic", support=17, days_ago=11),
    Words(2, "Bicycle lights for free", "Give out bicycle lights at school in October. Half of us ride without.", "traffic", "en", 12, days_ago=9),
    Words(1, "Etter festivalen", "Festivalhelga i juli er det folk overalt og ingen taxi. Det er den eneste helga jeg går omvei.", "events", support=11, days_ago=13),
    Words(2, "Et fast møtepunkt på festivalen", "Lag et telt der man kan vente på følge hjem når konserten er slutt.", "events", support=10, days_ago=8),
    Words(1, "Hunder uten bånd på turstien", "Jeg er ni år og tør ikke gå hjem fra skolen på turstien når hundene er løse.", "", support=7, days_ago=7),
    Words(2, "Bezpieczna droga do pracy", "Zaczynam pracę o piątej rano. O tej porze ulica do portu jest całkiem ciemna.", "light", "pl", 6, days_ago=6),
    Words(2, "Навчіть нас, кому телефонувати", "Ми тут нові й не знаємо, куди телефонувати, якщо ввечері страшно. Напишіть це кількома мовами на зупинці.", "number", "uk", 9, days_ago=5),
    Words(3, "Lån bort ein refleks", "Heng ein boks med refleksar på busskuret. Ta ein, og heng han tilbake.", "", "nn", 13, days_ago=4),
    Words(1, "Jeg hører ikke godt", "I mørket ser jeg ikke folk på munnen, og da skvetter jeg når noen går forbi. Lys hjelper mest.", "light", support=8, days_ago=3),
    Words(2, "Vis bussen på en skjerm", "Hvis jeg vet at bussen kommer om fire minutter, tør jeg å vente.", "bus", support=5, days_ago=2),
)

# Not yet read: for whoever tries the task of the police contact.
WAITING = (
    Words(2, "Tursti i stedet for riksveien", "Lag en enkel sti bak butikken, så slipper vi å gå langs riksveien når det er mørkt.", waits=True, days_ago=1),
    Words(1, "Nøkkelen til garderoben", "Når treninga er ferdig, blir vi stående ute fordi hallen låses med en gang.", waits=True, days_ago=1),
    Words(3, "Eg kan stille med traktor", "Eg kan strø bakken ved helsehuset om kommunen leverer sand. Det tek meg eit kvarter.", language="nn", waits=True, days_ago=1),
)
RETURNED = (
    Words(
        1, "Han i det gule huset", "Mannen i det gule huset ved brua står alltid og ser på oss. Alle vet hvem det er.",
        returned=ReturnReason.PERSON, days_ago=9,
        note="Skriv gjerne om stedet og når du er der, men ikke om en person som kan kjennes igjen. Er du redd for noen, ring politiet på 02800.",
    ),
)

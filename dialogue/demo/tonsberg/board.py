"""The shared board of the neighbourhood talk: what the groups came up with. The sentences are examples."""

from dialogue.demo.content import Sheet, Words, say

TITLE = say("Ideer fra nærmiljøpraten", "Idear frå nærmiljøpraten", "Ideas from the neighbourhood talk")
INTRO = say(
    "Gruppene skrev ideene sine her underveis, og lokalforeningen delte tavla på Facebook-siden sin etterpå. "
    "Setningene er eksempler.",
    "Gruppene skreiv ideane sine her undervegs, og lokalforeininga delte tavla på Facebook-sida si etterpå. "
    "Setningane er døme.",
    "The groups wrote their ideas here as they went, and the local association shared the board on its Facebook "
    "page afterwards. The sentences are examples.",
)
COLUMNS = (
    say("Dette kan vi gjøre selv", "Dette kan vi gjere sjølve", "This we can do ourselves"),
    say("Dette kan kommunen gjøre", "Dette kan kommunen gjere", "This the municipality can do"),
    say("Dette kan politiet gjøre", "Dette kan politiet gjere", "This the police can do"),
)
SHEET = Sheet(TITLE, INTRO, COLUMNS)

IDEAS = (
    Words(1, "Legg kveldsturen til stranda", "Mange av oss går tur likevel. Går vi langs stranda i åtte–nitida, er det voksne der akkurat når det trengs.", "adults", support=14, label="Gruppe 1"),
    Words(1, "Søppelpose i lomma", "En pose i lomma gir en grunn til å stoppe, hilse og bli litt.", "adults", support=9, label="Gruppe 1"),
    Words(2, "Folk på jobb når ungdommene er ute", "De som jobber med unge, går hjem når det begynner å skje noe. Kan vaktene flyttes litt?", "together", support=11, label="Gruppe 1"),
    Words(3, "Kom når det er stille", "Første møte med politiet bør ikke være når noe har gått galt.", "calm", support=16, label="Gruppe 2"),
    Words(1, "Flere natteravner", "Vi er for få. Hvis hver av oss tar med en nabo, er vi mange nok til hver helg.", "adults", support=12, label="Gruppe 2"),
    Words(2, "Penger til baller og nett", "Det skal lite til: noen baller, et nett og noe å låne det ut fra.", "play", support=13, label="Gruppe 2"),
    Words(1, "Foreldrene i klassen på én tråd", "En felles melding på fredagen om hva som skjer, og hvor de unge er.", "parents", support=10, label="Gruppe 3"),
    Words(1, "Avtal like innetider", "Det er lettere for alle hvis foreldrene blir enige med hverandre først.", "parents", support=7, label="Gruppe 3"),
    Words(2, "Spør ungdommene hva de vil ha", "Bruk det elevene har sagt når sommerprogrammet lages.", "play", support=8, label="Gruppe 3"),
    Words(1, "Timer i butikken", "Flere av oss kan ta inn en ungdom noen timer i uka.", "work", support=9, label="Gruppe 4"),
    Words(1, "Heng opp plakaten", "Vi som driver butikk, kan fortelle om dette til alle voksne som kommer innom.", "work", support=6, label="Gruppe 4"),
    Words(3, "Bli med på volleyball", "Ti minutter med en ball gjør mer enn en time med prat.", "calm", support=15, label="Gruppe 4"),
    Words(2, "Billig tur for alle", "En tur til en fornøyelsespark som ikke koster mer enn at alle kan være med.", "play", support=10, label="Gruppe 5"),
    Words(3, "Stopp ved klubben", "Kjør innom klubben når det er rolig, og bli stående litt.", "calm", support=11, label="Gruppe 5"),
    Words(1, "Lær navnene", "Hils på ungdommene i gata. Det er vanskeligere å lage bråk der folk vet hvem du er.", "adults", support=8, label="Gruppe 5"),
    Words(2, "Utlån i kiosken", "Kiosken er åpen når det gjelder. La den låne ut utstyret.", "play", support=12, label="Gruppe 6"),
    Words(2, "Barnevernet som noen man kjenner", "Ungdom vil ha voksenkontakt. Vis fram hvem dere er før noen trenger dere.", "together", support=6, label="Gruppe 6"),
    Words(3, "Snakk sammen hver uke", "Politiet, utekontakten og barnevernvakta bør ta en fast prat før helga.", "together", support=9, label="Gruppe 6"),
    Words(1, "Vis hva som er bra", "Del også det som går fint. Vi blir stoltere av stedet vårt da.", "work", support=7, label="Gruppe 7"),
    Words(2, "Ta ønskene med i sommerskolen", "Sommerskolen kan bruke elevenes egne forslag.", "play", support=6, label="Gruppe 7"),
    Words(3, "Minn hverandre på det", "Ta det opp når vakta starter, så det ikke blir glemt i juli.", "calm", support=5, label="Gruppe 7"),
)

"""What the pupils asked for, class by class. About 400 pupils answered in 14 classes, entered by staff.

The wishes are examples in the spirit of what was published: adults who are near and kind, something to do,
police who come when nothing is wrong.
"""

from dialogue.demo.content import Sheet, Words, say

TITLE = say("Elevenes innspill", "Innspela frå elevane", "What the pupils said")
INTRO = say(
    "400 elever på ungdomstrinnet ble spurt om hva en god sommer er, og hva de venter av politiet og andre. De "
    "svarte klasse for klasse med video, bilder og presentasjoner, som ble klippet sammen til én film. Setningene "
    "under er eksempler.",
    "400 elevar på ungdomssteget vart spurde om kva ein god sommar er, og kva dei ventar av politiet og andre. Dei "
    "svara klasse for klasse med video, bilete og presentasjonar, som vart klipte saman til éin film. Setningane "
    "under er døme.",
    "400 pupils in lower secondary school were asked what a good summer is, and what they expect from the police "
    "and others. They answered class by class with video, pictures and presentations, cut together to one film. "
    "The sentences below are examples.",
)
COLUMNS = (
    say("Dette er en god sommer", "Dette er ein god sommar", "This is a good summer"),
    say(
        "Dette venter vi av politiet og andre voksne",
        "Dette ventar vi av politiet og andre vaksne",
        "This is what we expect from the police and other adults",
    ),
)
SHEET = Sheet(TITLE, INTRO, COLUMNS)

INPUT = (
    Words(
        1,
        "Være ute til det blir kveld",
        "En god sommer er å bade, henge på brygga og ikke måtte hjem før det er mørkt.",
        "adults",
        label="Klasse A",
    ),
    Words(
        2,
        "Voksne som bare er der",
        "Det er greit om noen voksne går forbi på stranda om kvelden. De trenger ikke si så mye.",
        "adults",
        label="Klasse A",
    ),
    Words(
        1,
        "Noe å spille med",
        "Vi vil ha baller og nett på stranda, for ikke alle har med seg selv.",
        "play",
        label="Klasse B",
    ),
    Words(
        2,
        "Si hei uten grunn",
        "Politiet kan komme og si hei selv om ingen har gjort noe galt.",
        "calm",
        label="Klasse B",
    ),
    Words(
        1,
        "En tur til en fornøyelsespark",
        "Vi ønsker oss en tur som alle kan bli med på, uansett hva de hjemme har råd til.",
        "play",
        label="Klasse C",
    ),
    Words(
        2,
        "Spør oss først",
        "Spør hva vi har lyst til før dere planlegger hva vi skal gjøre.",
        "play",
        label="Klasse C",
    ),
    Words(
        1,
        "Tjene egne penger",
        "Sommerjobb, selv om det bare er noen få timer i uka.",
        "work",
        label="Klasse D",
    ),
    Words(
        2,
        "Gi oss en sjanse",
        "Butikkene kan tørre å spørre oss som er fjorten og femten også.",
        "work",
        label="Klasse D",
    ),
    Words(
        1,
        "Klubben åpen i ferien",
        "Ungdomsklubben bør ha åpent når vi faktisk har fri.",
        "play",
        label="Klasse E",
    ),
    Words(
        2,
        "Politiet innom klubben",
        "Kom innom klubben på en vanlig kveld. Da er det lettere å snakke med dere senere.",
        "calm",
        label="Klasse E",
    ),
    Words(
        1,
        "At ingen blir sittende alene",
        "En god sommer er når alle har noen å være med.",
        "together",
        label="Klasse F",
    ),
    Words(
        2,
        "En voksen vi kjenner igjen",
        "Det er lettere å si fra til noen vi har møtt før. Send de samme hver gang.",
        "together",
        label="Klasse F",
    ),
    Words(
        1,
        "Rolige kvelder på stranda",
        "Vi vil ha det gøy uten at noen lager bråk så alle må gå.",
        "adults",
        label="Klasse G",
    ),
    Words(
        2,
        "Vær der når dagen blir kveld",
        "Det er mellom dag og kveld stemningen snur. Da er det fint om noen voksne er i nærheten.",
        "adults",
        label="Klasse G",
    ),
    Words(
        1,
        "Volleyball, og gjerne mot politiet",
        "Lag en kamp på stranda. Taperen spanderer is.",
        "calm",
        label="Klasse H",
    ),
    Words(
        2,
        "Snakk som folk",
        "Ikke bare spør hvor vi har vært. Spør hvordan det går.",
        "calm",
        label="Klasse H",
    ),
    Words(
        1,
        "Sommerskole som er gøy",
        "Vi vil velge mellom ting vi ikke får på vanlig skole, for eksempel film og matlaging.",
        "play",
        label="Klasse I",
    ),
    Words(
        2,
        "Foreldre som vet hvor vi er",
        "Foreldrene kan snakke med hverandre. Da slipper vi å være den eneste som må hjem.",
        "parents",
        label="Klasse I",
    ),
    Words(1, "Spill i kiosken", "Kiosken kunne lånt ut kort, kubb og baller.", "play", label="Klasse J"),
    Words(
        2,
        "Ikke bare de kjente ansiktene",
        "Voksne som ikke er foreldrene våre, kan også bry seg litt.",
        "adults",
        label="Klasse J",
    ),
    Words(
        1,
        "Et sted når det regner",
        "Når det er dårlig vær, trenger vi et sted inne som ikke koster penger.",
        "play",
        label="Klasse K",
    ),
    Words(
        2,
        "Noen å ringe",
        "Vi vil vite hvem vi kan snakke med hvis en venn ikke har det bra.",
        "together",
        label="Klasse K",
    ),
    Words(
        1,
        "Ren strand",
        "Det er finere å være der når det ikke ligger søppel overalt.",
        "adults",
        label="Klasse L",
    ),
    Words(
        2,
        "Gå en tur forbi",
        "De som likevel jogger om kvelden, kan ta turen langs stranda.",
        "adults",
        label="Klasse L",
    ),
    Words(
        1,
        "Bli regnet med",
        "En god sommer er når voksne her smiler når vi kommer, og ikke går over på den andre siden.",
        "adults",
        label="Klasse M",
    ),
    Words(2, "Hold det dere lover", "Hvis dere sier at dere skal komme, så kom.", "calm", label="Klasse M"),
    Words(
        1,
        "Bruke det vi kan",
        "Vi kan hjelpe til på aktiviteter for de yngre. Da har vi noe å gjøre, og de har det gøy.",
        "work",
        label="Klasse N",
    ),
    Words(
        2,
        "Jobb sammen",
        "Skolen, klubben og politiet bør snakke sammen, så vi slipper å fortelle alt tre ganger.",
        "together",
        label="Klasse N",
    ),
)

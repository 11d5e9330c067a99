"""What all the input came to: themes in the words of the brief, and what was decided about each."""

from datetime import date

from dialogue.demo.content import Gathering, Ruling, say
from dialogue.followup.models import DecisionOutcome, DecisionReason

THEMES = (
    Gathering(
        "adults",
        say(
            "Voksne i nærheten når dagen blir kveld",
            "Vaksne i nærleiken når dagen blir kveld",
            "Adults near when day turns to evening",
        ),
        say(
            "Ungdommene vil være i fred, men ikke alene. Når dagen går over i kveld, er det fint om voksne går forbi, hilser og blir litt.",
            "Ungdommane vil vere i fred, men ikkje åleine. Når dagen går over i kveld, er det fint om vaksne går forbi, helsar og blir litt.",
            "The young want peace, but not to be alone. When day turns to evening, it is good if adults pass by, say hello and stay a little.",
        ),
        say(
            "Legge kveldsturen til stranda, gjerne med søppelpose, og få flere til å gå natteravn.",
            "Leggje kveldsturen til stranda, gjerne med søppelpose, og få fleire til å gå natteramn.",
            "Take the evening walk along the beach, perhaps with a litter bag, and get more people to join the night ravens.",
        ),
        say(
            "Voksne i nærmiljøet og natteravnene",
            "Vaksne i nærmiljøet og natteramnane",
            "Adults in the neighbourhood and the night ravens",
        ),
    ),
    Gathering(
        "play",
        say(
            "Noe å gjøre som ikke koster penger",
            "Noko å gjere som ikkje kostar pengar",
            "Something to do that costs nothing",
        ),
        say(
            "Baller, nett og spill der de unge er, åpent når de har fri, og turer som alle har råd til.",
            "Ballar, nett og spel der dei unge er, ope når dei har fri, og turar som alle har råd til.",
            "Balls, nets and games where the young are, open doors when they are free, and trips that all can afford.",
        ),
        say(
            "Utlånskasse i kiosken, sommerprogram og sommerskole etter elevenes ønsker, og litt mer penger til det de helst vil.",
            "Utlånskasse i kiosken, sommarprogram og sommarskule etter ønska frå elevane, og litt meir pengar til det dei helst vil.",
            "A lending box in the kiosk, a summer programme and summer school after the pupils' wishes, and a little more money for what they want most.",
        ),
        say(
            "Kommunen, sammen med politiet og kiosken",
            "Kommunen, saman med politiet og kiosken",
            "The municipality, with the police and the kiosk",
        ),
    ),
    Gathering(
        "calm",
        say(
            "Politi som kommer når ingenting er galt",
            "Politi som kjem når ingenting er gale",
            "Police who come when nothing is wrong",
        ),
        say(
            "Ungdommene vil møte politiet på en vanlig kveld: på klubben, på stranda, over en ball. Da er det lettere å snakke sammen senere.",
            "Ungdommane vil møte politiet ein vanleg kveld: på klubben, på stranda, over ein ball. Då er det lettare å snakke saman seinare.",
            "The young want to meet the police on an ordinary evening: at the club, on the beach, over a ball. Then it is easier to talk later.",
        ),
        say(
            "Patruljene bruker rolige stunder til å stoppe der de unge er, og minner hverandre på det når vakta starter.",
            "Patruljane brukar rolege stunder til å stoppe der dei unge er, og minner kvarandre på det når vakta startar.",
            "Patrols use quiet moments to stop where the young are, and remind each other when the shift begins.",
        ),
        say("Politiet i Tønsberg", "Politiet i Tønsberg", "The police in Tønsberg"),
    ),
    Gathering(
        "together",
        say(
            "Tjenester som kjenner hverandre, og som de unge kjenner",
            "Tenester som kjenner kvarandre, og som dei unge kjenner",
            "Services that know each other, and that the young know",
        ),
        say(
            "De unge vil ha noen få voksne de kjenner igjen, på de tidene de selv er ute, og slippe å fortelle alt flere ganger.",
            "Dei unge vil ha nokre få vaksne dei kjenner att, på dei tidene dei sjølve er ute, og sleppe å fortelje alt fleire gonger.",
            "The young want a few adults they recognise, at the hours when they themselves are out, and not to tell everything several times.",
        ),
        say(
            "Flytte vakter til kvelden, vise fram hvem barnevernet er, og møtes fast hver torsdag.",
            "Flytte vakter til kvelden, vise fram kven barnevernet er, og møtast fast kvar torsdag.",
            "Move shifts to the evening, show who child welfare is, and meet every Thursday.",
        ),
        say(
            "Kommunens tjenester, utekontakten, barnevernvakta og politiet",
            "Tenestene i kommunen, utekontakten, barnevernvakta og politiet",
            "The municipality's services, outreach workers, child welfare duty and the police",
        ),
    ),
    Gathering(
        "work",
        say(
            "Sommerjobb og et næringsliv som er med",
            "Sommarjobb og eit næringsliv som er med",
            "Summer jobs and businesses that join in",
        ),
        say(
            "Ungdommene vil tjene egne penger og bli regnet med. Butikkene vil gjerne, når noen spør.",
            "Ungdommane vil tene eigne pengar og bli rekna med. Butikkane vil gjerne, når nokon spør.",
            "The young want to earn their own money and be counted on. The shops are willing when somebody asks.",
        ),
        say(
            "Bedriftene gir noen timer sommerjobb og forteller kundene sine hva som er i gang.",
            "Bedriftene gir nokre timar sommarjobb og fortel kundane sine kva som er i gang.",
            "Businesses offer a few hours of summer work and tell their customers what is going on.",
        ),
        say(
            "Næringslivet og lokalforeningen",
            "Næringslivet og lokalforeininga",
            "Local businesses and the local association",
        ),
    ),
    Gathering(
        "parents",
        say("Foreldre som snakker sammen", "Foreldre som snakkar saman", "Parents who talk with each other"),
        say(
            "Det er lettere å være ung når foreldrene er enige om innetider og vet hvor ungdommene er.",
            "Det er lettare å vere ung når foreldra er samde om innetider og veit kvar ungdommane er.",
            "It is easier to be young when parents agree on when to be home and know where their young ones are.",
        ),
        say(
            "Foreldrene deler mer med hverandre om hva de unge gjør, og hvor.",
            "Foreldra deler meir med kvarandre om kva dei unge gjer, og kvar.",
            "Parents share more with each other about what the young do, and where.",
        ),
        say("Foreldrene selv", "Foreldra sjølve", "The parents themselves"),
    ),
)

KUBA = say("Tiltaksledermøtet i KUBA", "Tiltaksleiarmøtet i KUBA", "The action leaders' meeting in KUBA")
CHILDHOOD = say(
    "Kommunens oppvekstmøte", "Oppvekstmøtet i kommunen", "The municipality's meeting on childhood and youth"
)
BOTH = say(
    "Kommunens oppvekstmøte og tiltaksledermøtet i KUBA",
    "Oppvekstmøtet i kommunen og tiltaksleiarmøtet i KUBA",
    "The municipality's meeting on childhood and youth, and the action leaders' meeting in KUBA",
)
TALK = say(
    "De som var med på nærmiljøpraten",
    "Dei som var med på nærmiljøpraten",
    "Those who took part in the neighbourhood talk",
)
_TAKE_UP, _RESIDENTS = DecisionOutcome.TAKE_UP, DecisionOutcome.RESIDENTS
_WANTED = DecisionReason.WANTED

RULINGS = (
    Ruling(
        "adults",
        "adults",
        _RESIDENTS,
        _WANTED,
        say(
            "Dette ville folk gjøre selv, og det trengte ingen penger. Politiet og natteravnene holder kontakten.",
            "Dette ville folk gjere sjølve, og det trong ingen pengar. Politiet og natteramnane held kontakten.",
            "People wanted to do this themselves, and it needed no money. The police and the night ravens keep in touch.",
        ),
        TALK,
        date(2021, 6, 17),
    ),
    Ruling(
        "play",
        "play",
        _TAKE_UP,
        _WANTED,
        say(
            "Kommunen hadde fått ekstra midler til ungdom denne sommeren. De går til det elevene selv har bedt om.",
            "Kommunen hadde fått ekstra midlar til ungdom denne sommaren. Dei går til det elevane sjølve har bede om.",
            "The municipality had extra money for young people this summer. It goes to what the pupils themselves asked for.",
        ),
        CHILDHOOD,
        date(2021, 6, 18),
    ),
    Ruling(
        "calm",
        "calm",
        _TAKE_UP,
        _WANTED,
        say(
            "Det passer med målet om å forebygge, og det kan gjøres innenfor vaktene vi allerede har.",
            "Det passar med målet om å førebyggje, og det kan gjerast innanfor vaktene vi alt har.",
            "It fits our aim to prevent crime, and can be done within the shifts we already have.",
        ),
        KUBA,
        date(2021, 6, 17),
    ),
    Ruling(
        "together",
        "together",
        _TAKE_UP,
        _WANTED,
        say(
            "Kommunens tjenester legger om vaktene sine. Politiet setter av tid hver torsdag til utekontakten og barnevernvakta.",
            "Tenestene i kommunen legg om vaktene sine. Politiet set av tid kvar torsdag til utekontakten og barnevernvakta.",
            "The municipality's services change their shifts. The police set aside time every Thursday for outreach workers and child welfare duty.",
        ),
        BOTH,
        date(2021, 6, 18),
    ),
    Ruling(
        "work",
        "work",
        _RESIDENTS,
        _WANTED,
        say(
            "Næringslivet og lokalforeningen tok dette selv. Politiet og kommunen bidrar med det de vet.",
            "Næringslivet og lokalforeininga tok dette sjølve. Politiet og kommunen bidreg med det dei veit.",
            "Businesses and the local association took this on themselves. The police and the municipality contribute what they know.",
        ),
        TALK,
        date(2021, 6, 17),
    ),
    Ruling(
        "parents",
        "parents",
        _RESIDENTS,
        _WANTED,
        say(
            "Foreldrene ordner dette best seg imellom.",
            "Foreldra ordnar dette best seg imellom.",
            "The parents arrange this best among themselves.",
        ),
        TALK,
        date(2021, 6, 17),
    ),
)

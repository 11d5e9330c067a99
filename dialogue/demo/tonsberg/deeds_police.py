"""What the police did, and what police and municipality did together."""

from datetime import date

from dialogue.demo.content import Deed, News, say

_ASKED, _YES, _END = date(2021, 6, 18), date(2021, 6, 20), date(2021, 8, 31)

DEEDS = (
    Deed(
        "lending-box",
        "play",
        say(
            "Utlånskasse med baller og spill i kiosken",
            "Utlånskasse med ballar og spel i kiosken",
            "Lending box with balls and games in the kiosk",
        ),
        say(
            "Kiosken er åpen der og når de unge er på stranda.",
            "Kiosken er open der og når dei unge er på stranda.",
            "The kiosk is open where and when the young are at the beach.",
        ),
        "police",
        say(
            "Politikontakten sammen med kommunen; kiosken låner ut",
            "Politikontakten saman med kommunen; kiosken låner ut",
            "The police contact with the municipality; the kiosk lends out",
        ),
        _ASKED,
        date(2021, 6, 30),
        _YES,
        (
            News(
                date(2021, 6, 28),
                say(
                    "Kassa står i kiosken, med hilsen fra politiet og kommunen.",
                    "Kassa står i kiosken, med helsing frå politiet og kommunen.",
                    "The box is in the kiosk, with greetings from the police and the municipality.",
                ),
            ),
        ),
        say(
            "Kassa stod i kiosken gjennom sommeren.",
            "Kassa stod i kiosken gjennom sommaren.",
            "The box stood in the kiosk all summer.",
        ),
        date(2021, 6, 30),
    ),
    Deed(
        "club",
        "calm",
        say("Stoppe innom ungdomsklubben", "Stoppe innom ungdomsklubben", "Stop by the youth club"),
        say(
            "Det første møtet bør ikke være når noe har gått galt.",
            "Det første møtet bør ikkje vere når noko har gått gale.",
            "The first meeting should not be when something has gone wrong.",
        ),
        "police",
        say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Politiet stoppet på klubben i løpet av sommeren.",
            "Politiet stoppa på klubben i løpet av sommaren.",
            "The police stopped by the club during the summer.",
        ),
        _END,
    ),
    Deed(
        "volleyball",
        "calm",
        say(
            "Spille volleyball med ungdommene på stranda",
            "Spele volleyball med ungdommane på stranda",
            "Play volleyball with the young on the beach",
        ),
        say(
            "En ball gjør det lett å bli kjent.",
            "Ein ball gjer det lett å bli kjend.",
            "A ball makes it easy to get to know each other.",
        ),
        "police",
        say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 16),
                say(
                    "Vi har spilt, og vi har tapt.",
                    "Vi har spelt, og vi har tapt.",
                    "We have played, and we have lost.",
                ),
            ),
        ),
        say(
            "De unge syntes det var gøy, og det ble lettere å snakke sammen.",
            "Dei unge syntest det var gøy, og det vart lettare å snakke saman.",
            "The young found it fun, and it became easier to talk.",
        ),
        _END,
    ),
    Deed(
        "talk",
        "calm",
        say(
            "Snakke med de unge når ingenting er galt",
            "Snakke med dei unge når ingenting er gale",
            "Talk with the young when nothing is wrong",
        ),
        say(
            "Tillit bygges når det er rolig.",
            "Tillit blir bygd når det er roleg.",
            "Trust is built when things are calm.",
        ),
        "police",
        say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "De unge så mer til politiet og opplevde det som godt og tryggere. Politiet kjente ungdommene bedre etterpå.",
            "Dei unge såg meir til politiet og opplevde det som godt og tryggare. Politiet kjende ungdommane betre etterpå.",
            "The young saw more of the police and found it good and safer. The police knew the young better afterwards.",
        ),
        _END,
    ),
    Deed(
        "quiet-time",
        "calm",
        say(
            "Bruke rolig tid på vakt der de unge er",
            "Bruke roleg tid på vakt der dei unge er",
            "Use quiet time on duty where the young are",
        ),
        say(
            "Det krever ingen ekstra folk, bare en annen rute.",
            "Det krev ingen ekstra folk, berre ei anna rute.",
            "It needs no extra people, only another route.",
        ),
        "front-line",
        say("Patruljene i Vestfold", "Patruljane i Vestfold", "The patrols in Vestfold"),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Ledig tid ble brukt til å oppsøke steder der ungdom kan være.",
            "Ledig tid vart brukt til å oppsøkje stader der ungdom kan vere.",
            "Spare time was used to seek out places where young people may be.",
        ),
        _END,
    ),
    Deed(
        "reminders",
        "calm",
        say(
            "Minne patruljene på det gjennom hele sommeren",
            "Minne patruljane på det gjennom heile sommaren",
            "Remind the patrols all summer",
        ),
        say(
            "Gode planer blir glemt i juli.",
            "Gode planar blir gløymde i juli.",
            "Good plans are forgotten in July.",
        ),
        "police",
        say(
            "Politikontakten og tiltakslederne",
            "Politikontakten og tiltaksleiarane",
            "The police contact and the action leaders",
        ),
        _ASKED,
        _END,
        _YES,
        (),
        say(
            "Det ble tatt opp på patruljeledermøtene hele sommeren.",
            "Det vart teke opp på patruljeleiarmøta heile sommaren.",
            "It was taken up at the patrol leaders' meetings all summer.",
        ),
        _END,
    ),
    Deed(
        "thursdays",
        "together",
        say(
            "Fast møte hver torsdag med utekontakten og barnevernvakta",
            "Fast møte kvar torsdag med utekontakten og barnevernvakta",
            "Fixed meeting every Thursday with outreach workers and child welfare duty",
        ),
        say(
            "De som møter de samme unge, må vite det samme før helga.",
            "Dei som møter dei same unge, må vite det same før helga.",
            "Those who meet the same young people must know the same before the weekend.",
        ),
        "police",
        say("Politikontakten", "Politikontakten", "The police contact"),
        _ASKED,
        _END,
        _YES,
        (
            News(
                date(2021, 7, 1),
                say(
                    "Andre torsdag på rad. Møtet tar en halv time.",
                    "Andre torsdag på rad. Møtet tek ein halv time.",
                    "Second Thursday in a row. The meeting takes half an hour.",
                ),
            ),
        ),
        say(
            "Møtene ble holdt hver torsdag gjennom sommeren.",
            "Møta vart haldne kvar torsdag gjennom sommaren.",
            "The meetings were held every Thursday through the summer.",
        ),
        _END,
    ),
)

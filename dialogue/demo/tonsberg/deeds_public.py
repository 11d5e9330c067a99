"""What the municipality and the police did, each as an action with its owner."""

from datetime import date

from dialogue.demo.content import Deed, News, say

_ASKED, _YES, _END = date(2021, 6, 18), date(2021, 6, 20), date(2021, 8, 31)

MUNICIPALITY = (
    Deed(
        "programme", "play",
        say("Tilpasse sommerens aktiviteter til det de unge ba om", "Tilpasse aktivitetane i sommar til det dei unge bad om", "Fit the summer's activities to what the young asked for"),
        say("Elevene sa hva de ville ha. Da skal programmet vise det.", "Elevane sa kva dei ville ha. Då skal programmet vise det.", "The pupils said what they wanted. Then the programme should show it."),
        "ung", say("Leder for ungdomsaktiviteter", "Leiar for ungdomsaktivitetar", "Head of youth activities"),
        _ASKED, _END, _YES,
        (News(date(2021, 7, 9), say("Vi er oftere der ungdommene samles, og har byttet ut aktiviteter få ville ha.", "Vi er oftare der ungdommane samlast, og har bytt ut aktivitetar få ville ha.", "We are more often where the young gather, and have replaced activities few wanted.")),),
        say("Aktivitetene ble lagt om gjennom hele sommeren.", "Aktivitetane vart lagde om gjennom heile sommaren.", "The activities were changed throughout the summer."), _END,
    ),
    Deed(
        "shifts", "together",
        say("Flytte vakter og oppgaver til tidene de unge er ute", "Flytte vakter og oppgåver til tidene dei unge er ute", "Move shifts and tasks to the hours when the young are out"),
        say("De unge ønsket seg kjente voksne om kvelden.", "Dei unge ønskte seg kjende vaksne om kvelden.", "The young wished for familiar adults in the evening."),
        "municipality", say("Tjenestene for barn og unge", "Tenestene for barn og unge", "Services for children and young people"),
        _ASKED, date(2021, 7, 1), _YES,
        (News(date(2021, 6, 30), say("Nye vaktlister gjelder fra i morgen.", "Nye vaktlister gjeld frå i morgon.", "New rosters apply from tomorrow.")),),
        say("Turnuser og arbeidsoppgaver ble endret for å møte ønskene.", "Turnusar og arbeidsoppgåver vart endra for å møte ønska.", "Rosters and tasks were changed to meet the wishes."), date(2021, 7, 1),
    ),
    Deed(
        "trip", "play",
        say("Mer penger til aktiviteter, blant annet tur til en fornøyelsespark", "Meir pengar til aktivitetar, mellom anna tur til ein fornøyelsespark", "More money for activities, among them a trip to an amusement park"),
        say("En tur som alle kan være med på, stod høyt på elevenes liste.", "Ein tur som alle kan vere med på, stod høgt på lista til elevane.", "A trip that everyone can join was high on the pupils' list."),
        "municipality", say("Oppvekst", "Oppvekst", "Childhood and youth"),
        _ASKED, _END, _YES,
        (News(date(2021, 7, 5), say("Pengene er funnet, og turen er satt opp.", "Pengane er funne, og turen er sett opp.", "The money is found, and the trip is planned.")),),
        say("Flere aktiviteter ble utvidet, og turen ble gjennomført.", "Fleire aktivitetar vart utvida, og turen vart gjennomført.", "Several activities were extended, and the trip took place."), _END,
    ),
    Deed(
        "summer-school", "play",
        say("Ta elevenes ønsker inn i sommerskolen", "Ta ønska frå elevane inn i sommarskulen", "Take the pupils' wishes into the summer school"),
        say("Sommerskolen når mange, og kan endres raskt.", "Sommarskulen når mange, og kan endrast raskt.", "The summer school reaches many, and can be changed quickly."),
        "summer-school", say("Leder for sommerskolen", "Leiar for sommarskulen", "Head of the summer school"),
        _ASKED, date(2021, 7, 2), _YES,
        (),
        say("Ønskene ble tatt med da innholdet ble bestemt.", "Ønska vart tekne med då innhaldet vart fastsett.", "The wishes were included when the content was settled."), date(2021, 7, 2),
    ),
    Deed(
        "child-welfare", "together",
        say("La barnevernet være voksne som de unge får kontakt med", "La barnevernet vere vaksne som dei unge får kontakt med", "Let child welfare be adults the young can be in contact with"),
        say("Ungdommene sa at de ville ha voksenkontakt. Det skal de som arbeider i barnevernet, vite.", "Ungdommane sa at dei ville ha vaksenkontakt. Det skal dei som arbeider i barnevernet, vite.", "The young said they wanted contact with adults. Those who work in child welfare should know it."),
        "preventive", say("Forebyggende barnevern", "Førebyggjande barnevern", "Preventive child welfare"),
        _ASKED, _END, _YES,
        (),
        say("Barnevernet arbeidet gjennom sommeren med ønsket om voksenkontakt i minnet.", "Barnevernet arbeidde gjennom sommaren med ønsket om vaksenkontakt i minnet.", "Child welfare worked through the summer with the wish for adult contact in mind."), _END,
    ),
    Deed(
        "gear", "play",
        say("Kjøpe sportsutstyr til utlån", "Kjøpe sportsutstyr til utlån", "Buy sports gear for lending"),
        say("Ikke alle har med seg egen ball.", "Ikkje alle har med seg eigen ball.", "Not everyone brings a ball."),
        "municipality", say("Oppvekst", "Oppvekst", "Childhood and youth"),
        _ASKED, date(2021, 6, 30), _YES,
        (),
        say("Kommunen betalte utstyret.", "Kommunen betalte utstyret.", "The municipality paid for the gear."), date(2021, 6, 30),
    ),
    Deed(
        "give-back", "play",
        say("Gi innsikten tilbake til de unge før skoleferien", "Gi innsikta tilbake til dei unge før skuleferien", "Give the insight back to the young before the school holiday"),
        say("Den som har sagt noe, skal få vite hva det ble til.", "Den som har sagt noko, skal få vite kva det vart til.", "Whoever has said something should know what became of it."),
        "municipality", say("Medvirkningsansvarlig", "Medverknadsansvarleg", "Participation lead"),
        date(2021, 6, 17), date(2021, 6, 18), date(2021, 6, 17),
        (),
        say("Innsikt og ideer ble delt med de unge før ferien, og med alle som hadde vært med.", "Innsikt og idear vart delte med dei unge før ferien, og med alle som hadde vore med.", "Insight and ideas were shared with the young before the holiday, and with everyone who had taken part."), date(2021, 6, 18),
    ),
)

POLICE = (
    Deed(
        "lending-box", "play",
        say("Utlånskasse med baller og spill i kiosken", "Utlånskasse med ballar og spel i kiosken", "Lending box with balls and games in the kiosk"),
        say("Kiosken er åpen der og når de unge er på stranda.", "Kiosken er open der og når dei unge er på stranda.", "The kiosk is open where and when the young are at the beach."),
        "police", say("Politikontakten sammen med kommunen; kiosken låner ut", "Politikontakten saman med kommunen; kiosken låner ut", "The police contact with the municipality; the kiosk lends out"),
        _ASKED, date(2021, 6, 30), _YES,
        (News(date(2021, 6, 28), say("Kassa står i kiosken, med hilsen fra politiet og kommunen.", "Kassa står i kiosken, med helsing frå politiet og kommunen.", "The box is in the kiosk, with greetings from the police and the municipality.")),),
        say("Kassa stod i kiosken gjennom sommeren.", "Kassa stod i kiosken gjennom sommaren.", "The box stood in the kiosk all summer."), date(2021, 6, 30),
    ),
    Deed(
        "club", "calm",
        say("Stoppe innom ungdomsklubben", "Stoppe innom ungdomsklubben", "Stop by the youth club"),
        say("Det første møtet bør ikke være når noe har gått galt.", "Det første møtet bør ikkje vere når noko har gått gale.", "The first meeting should not be when something has gone wrong."),
        "police", say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED, _END, _YES, (),
        say("Politiet stoppet på klubben i løpet av sommeren.", "Politiet stoppa på klubben i løpet av sommaren.", "The police stopped by the club during the summer."), _END,
    ),
    Deed(
        "volleyball", "calm",
        say("Spille volleyball med ungdommene på stranda", "Spele volleyball med ungdommane på stranda", "Play volleyball with the young on the beach"),
        say("En ball gjør det lett å bli kjent.", "Ein ball gjer det lett å bli kjend.", "A ball makes it easy to get to know each other."),
        "police", say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED, _END, _YES,
        (News(date(2021, 7, 16), say("Vi har spilt, og vi har tapt.", "Vi har spelt, og vi har tapt.", "We have played, and we have lost.")),),
        say("De unge syntes det var gøy, og det ble lettere å snakke sammen.", "Dei unge syntest det var gøy, og det vart lettare å snakke saman.", "The young found it fun, and it became easier to talk."), _END,
    ),
    Deed(
        "talk", "calm",
        say("Snakke med de unge når ingenting er galt", "Snakke med dei unge når ingenting er gale", "Talk with the young when nothing is wrong"),
        say("Tillit bygges når det er rolig.", "Tillit blir bygd når det er roleg.", "Trust is built when things are calm."),
        "police", say("Patruljene i Tønsberg", "Patruljane i Tønsberg", "The patrols in Tønsberg"),
        _ASKED, _END, _YES, (),
        say("De unge så mer til politiet og opplevde det som godt og tryggere. Politiet kjente ungdommene bedre etterpå.", "Dei unge såg meir til politiet og opplevde det som godt og tryggare. Politiet kjende ungdommane betre etterpå.", "The young saw more of the police and found it good and safer. The police knew the young better afterwards."), _END,
    ),
    Deed(
        "quiet-time", "calm",
        say("Bruke rolig tid på vakt der de unge er", "Bruke roleg tid på vakt der dei unge er", "Use quiet time on duty where the young are"),
        say("Det krever ingen ekstra folk, bare en annen rute.", "Det krev ingen ekstra folk, berre ei anna rute.", "It needs no extra people, only another route."),
        "front-line", say("Patruljene i Vestfold", "Patruljane i Vestfold", "The patrols in Vestfold"),
        _ASKED, _END, _YES, (),
        say("Ledig tid ble brukt til å oppsøke steder der ungdom kan være.", "Ledig tid vart brukt til å oppsøkje stader der ungdom kan vere.", "Spare time was used to seek out places where young people may be."), _END,
    ),
    Deed(
        "reminders", "calm",
        say("Minne patruljene på det gjennom hele sommeren", "Minne patruljane på det gjennom heile sommaren", "Remind the patrols all summer"),
        say("Gode planer blir glemt i juli.", "Gode planar blir gløymde i juli.", "Good plans are forgotten in July."),
        "police", say("Politikontakten og tiltakslederne", "Politikontakten og tiltaksleiarane", "The police contact and the action leaders"),
        _ASKED, _END, _YES, (),
        say("Det ble tatt opp på patruljeledermøtene hele sommeren.", "Det vart teke opp på patruljeleiarmøta heile sommaren.", "It was taken up at the patrol leaders' meetings all summer."), _END,
    ),
    Deed(
        "thursdays", "together",
        say("Fast møte hver torsdag med utekontakten og barnevernvakta", "Fast møte kvar torsdag med utekontakten og barnevernvakta", "Fixed meeting every Thursday with outreach workers and child welfare duty"),
        say("De som møter de samme unge, må vite det samme før helga.", "Dei som møter dei same unge, må vite det same før helga.", "Those who meet the same young people must know the same before the weekend."),
        "police", say("Politikontakten", "Politikontakten", "The police contact"),
        _ASKED, _END, _YES,
        (News(date(2021, 7, 1), say("Andre torsdag på rad. Møtet tar en halv time.", "Andre torsdag på rad. Møtet tek ein halv time.", "Second Thursday in a row. The meeting takes half an hour.")),),
        say("Møtene ble holdt hver torsdag gjennom sommeren.", "Møta vart haldne kvar torsdag gjennom sommaren.", "The meetings were held every Thursday through the summer."), _END,
    ),
)

"""What the neighbourhood talk lets the rooms make: an idea board, a meeting with its run sheet, a survey."""

from collections.abc import Mapping
from typing import Any

from dialogue.dialogues.playbooks.shape import t

BOARD: Mapping[str, Any] = {
    "title": t(
        "Ideer til et trygt nærmiljø", "Idear til eit trygt nærmiljø", "Ideas for a safe neighbourhood"
    ),
    "intro": t(
        "Hva gjør det godt å være her, og hva kan vi gjøre sammen? Kort er fint.",
        "Kva gjer det godt å vere her, og kva kan vi gjere saman? Kort er fint.",
        "What makes this a good place to be, and what can we do together? Short is fine.",
    ),
    "columns": (
        t("Hva er bra her i dag?", "Kva er bra her i dag?", "What is good here today?"),
        t("Hva kan bli bedre?", "Kva kan bli betre?", "What could be better?"),
        t("Hva kan du og dine bidra med?", "Kva kan du og dine bidra med?", "What can you and yours do?"),
    ),
}

MEETING: Mapping[str, Any] = {
    "title": t("Nærmiljøprat", "Nærmiljøprat", "Neighbourhood talk"),
    "intro": t(
        "Vi sitter i små grupper og snakker om hva hver av oss kan bidra med. Alle er velkomne, og du trenger ikke forberede deg.",
        "Vi sit i små grupper og snakkar om kva kvar av oss kan bidra med. Alle er velkomne, og du treng ikkje førebu deg.",
        "We sit in small groups and talk about what each of us can do. Everyone is welcome, and you need not prepare.",
    ),
    "minutes": 120,
    "capacity": 80,
    "groups": 10,
    "run_items": (
        {
            "minutes": 10,
            "activity": t("Velkommen", "Velkomen", "Welcome"),
            "purpose": t(
                "Alle vet hvorfor de er her og når svaret kommer",
                "Alle veit kvifor dei er her og når svaret kjem",
                "Everyone knows why they are here and when the answer comes",
            ),
            "responsible": t(
                "Leder i politiet eller kommunen",
                "Leiar i politiet eller kommunen",
                "Leader from police or municipality",
            ),
            "method": t("Kort innledning", "Kort innleiing", "Short introduction"),
        },
        {
            "minutes": 15,
            "activity": t(
                "Det vi vet, og det de unge har sagt",
                "Det vi veit, og det dei unge har sagt",
                "What we know, and what the young have said",
            ),
            "purpose": t(
                "Samme utgangspunkt for alle", "Same utgangspunkt for alle", "The same starting point for all"
            ),
            "responsible": t(
                "Politikontakt og SLT-koordinator",
                "Politikontakt og SLT-koordinator",
                "Police contact and crime-prevention coordinator",
            ),
            "method": t(
                "Film eller noen få bilder", "Film eller nokre få bilete", "A film or a few pictures"
            ),
        },
        {
            "minutes": 35,
            "activity": t(
                "Gruppesamtale 1: Hva er bra, og hva kan bli bedre?",
                "Gruppesamtale 1: Kva er bra, og kva kan bli betre?",
                "Group talk 1: What is good, and what could be better?",
            ),
            "purpose": t("Alle kommer til orde", "Alle kjem til orde", "Everyone gets a word in"),
            "responsible": t("Gruppeledere", "Gruppeleiarar", "Facilitators"),
            "method": t(
                "En runde rundt bordet, så fri samtale",
                "Ein runde rundt bordet, så fri samtale",
                "A round of the table, then open talk",
            ),
        },
        {
            "minutes": 10,
            "activity": t("Pause", "Pause", "Break"),
            "responsible": t("Vertskapet", "Vertskapet", "Hosts"),
        },
        {
            "minutes": 30,
            "activity": t(
                "Gruppesamtale 2: Hva kan hver av oss bidra med?",
                "Gruppesamtale 2: Kva kan kvar av oss bidra med?",
                "Group talk 2: What can each of us do?",
            ),
            "purpose": t(
                "Fra ønsker til noe som kan gjøres",
                "Frå ønske til noko som kan gjerast",
                "From wishes to something that can be done",
            ),
            "responsible": t("Gruppeledere", "Gruppeleiarar", "Facilitators"),
            "method": t(
                "Ideene skrives på tavla underveis",
                "Ideane blir skrivne på tavla undervegs",
                "Ideas are written on the board as you go",
            ),
        },
        {
            "minutes": 15,
            "activity": t(
                "Gruppene deler det viktigste",
                "Gruppene deler det viktigaste",
                "The groups share what matters most",
            ),
            "purpose": t("Alle hører alle", "Alle høyrer alle", "Everyone hears everyone"),
            "responsible": t("Møteleder", "Møteleiar", "Chair"),
            "method": t(
                "Ett minutt fra hver gruppe", "Eitt minutt frå kvar gruppe", "One minute from each group"
            ),
        },
        {
            "minutes": 5,
            "activity": t("Hva skjer nå?", "Kva skjer no?", "What happens now?"),
            "purpose": t(
                "Alle vet hvordan de følger innspillet sitt",
                "Alle veit korleis dei følgjer innspelet sitt",
                "Everyone knows how to follow their input",
            ),
            "responsible": t(
                "Leder i politiet eller kommunen",
                "Leiar i politiet eller kommunen",
                "Leader from police or municipality",
            ),
        },
    ),
}

SURVEY: Mapping[str, Any] = {
    "title": t(
        "Hvordan er det å bo og være her?",
        "Korleis er det å bu og vere her?",
        "What is it like to live and be here?",
    ),
    "intro": t(
        "Det tar tre minutter. Svarene er anonyme.",
        "Det tek tre minutt. Svara er anonyme.",
        "It takes three minutes. The answers are anonymous.",
    ),
    "questions": (
        {
            "kind": "scale",
            "text": t(
                "Hvor trygt er det å være ute her om kvelden?",
                "Kor trygt er det å vere ute her om kvelden?",
                "How safe is it to be out here in the evening?",
            ),
            "lowest": 1,
            "highest": 5,
            "lowest_label": t("Svært utrygt", "Svært utrygt", "Very unsafe"),
            "highest_label": t("Svært trygt", "Svært trygt", "Very safe"),
            "is_required": True,
        },
        {
            "kind": "several",
            "text": t(
                "Hva betyr mest for at det skal være godt å være her?",
                "Kva betyr mest for at det skal vere godt å vere her?",
                "What matters most for this to be a good place?",
            ),
            "options": (
                t("Noe å finne på for unge", "Noko å finne på for unge", "Something to do for the young"),
                t(
                    "Voksne som er ute og synlige",
                    "Vaksne som er ute og synlege",
                    "Adults who are out and about",
                ),
                t(
                    "Lys, rydding og vedlikehold",
                    "Lys, rydding og vedlikehald",
                    "Lights, tidiness and upkeep",
                ),
                t(
                    "Politi som tar seg tid til å prate",
                    "Politi som tek seg tid til å prate",
                    "Police who take time to talk",
                ),
                t(
                    "At naboer kjenner hverandre",
                    "At naboar kjenner kvarandre",
                    "Neighbours who know one another",
                ),
            ),
        },
        {
            "kind": "single",
            "text": t("Hvor gammel er du?", "Kor gammal er du?", "How old are you?"),
            "options": (
                t("Under 18 år", "Under 18 år", "Under 18"),
                t("18 til 39 år", "18 til 39 år", "18 to 39"),
                t("40 til 66 år", "40 til 66 år", "40 to 66"),
                t("67 år eller eldre", "67 år eller eldre", "67 or older"),
            ),
        },
        {
            "kind": "long_text",
            "text": t("Hva bør vi gjøre først?", "Kva bør vi gjere først?", "What should we do first?"),
        },
    ),
}

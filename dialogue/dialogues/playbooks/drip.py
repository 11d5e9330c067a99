"""Drypp: one question, one code, an answer within fourteen days, and no meeting."""

from dialogue.base.i18n import lazy
from dialogue.dialogues.models import PhaseKind
from dialogue.dialogues.playbooks.shape import Playbook, Reminder, t

PURPOSE = t(
    "Vi stiller ett spørsmål, og du får svar innen fjorten dager. Svaret sier hva vi gjør, hva vi ikke gjør, og hvorfor.",
    "Vi stiller eitt spørsmål, og du får svar innan fjorten dagar. Svaret seier kva vi gjer, kva vi ikkje gjer, og kvifor.",
    "We ask one question, and you get an answer within fourteen days. It says what we do, what we do not do, and why.",
)

CHECKLIST = (
    Reminder(
        PhaseKind.COLLECT,
        t(
            "Heng opp koden der folk er: butikken, skolen, bussholdeplassen.",
            "Heng opp koden der folk er: butikken, skulen, busshaldeplassen.",
            "Put the code up where people are: the shop, the school, the bus stop.",
        ),
    ),
    Reminder(
        PhaseKind.COLLECT,
        t(
            "Les innspillene hver dag, så de som skriver ser at noen leser.",
            "Les innspela kvar dag, så dei som skriv ser at nokon les.",
            "Read the ideas every day, so that those who write see that somebody reads.",
        ),
    ),
    Reminder(
        PhaseKind.DECIDE,
        t(
            "Svar på alt som kom inn, også det dere sier nei til.",
            "Svar på alt som kom inn, også det de seier nei til.",
            "Answer everything that came in, also what you say no to.",
        ),
    ),
    Reminder(
        PhaseKind.EVALUATE,
        t(
            "Spør igjen: neste spørsmål kan henge på den samme plakaten.",
            "Spør igjen: neste spørsmål kan henge på den same plakaten.",
            "Ask again: the next question can hang on the same poster.",
        ),
    ),
)

DRIP = Playbook(
    key="drip",
    name=lazy("Drip"),
    description=lazy("One question, one code and an answer within 14 days. No meeting."),
    purpose=PURPOSE,
    checklist=CHECKLIST,
    # Without a title of its own the board asks the dialogue's question.
    parts={
        "board": {
            "intro": t("Kort er fint.", "Kort er fint.", "Short is fine."),
            "columns": (t("Hva svarer du?", "Kva svarer du?", "What is your answer?"),),
        }
    },
    days={PhaseKind.COLLECT: 8, PhaseKind.DECIDE: 7, PhaseKind.ACT: 60, PhaseKind.EVALUATE: 14},
)

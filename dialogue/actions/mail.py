"""What is written to owners of actions, and to those who asked them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import links
from dialogue.actions.models import Action, ActionState, ReminderKind
from dialogue.base import letters, outbox
from dialogue.base.outbox import Letter
from dialogue.config import settings
from dialogue.places.models import Organisation


@dataclass(frozen=True)
class Due:
    """One line of a reminder: which action, on which occasion, and the link that opens it."""

    title: str
    kind: ReminderKind
    due_on: date
    link: str


# Mails are written in Markdown. What people typed must not become links or markup in them.
_HARMLESS = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "`": "'", "\\": "/"})


def harmless(text: object) -> str:
    """What a person typed, so that it reads the same and does nothing in Markdown."""
    return str(text).translate(_HARMLESS)


def ask(session: Session, action: Action) -> None:
    """Ask the owner: what, why, who asks, by when, and the link with which to answer."""
    if action.owner.email:
        outbox.queue(session, action.owner.email, _asked(action))


def tell_organiser(session: Session, action: Action) -> None:
    """Tell the one who asked what the owner answered, or what came of it."""
    asker = action.asked_by
    if asker is not None and asker.is_active:
        outbox.queue(session, asker.email, _answered(action, asker.language))


def tell_date(session: Session, action: Action) -> None:
    """Tell the owner at work what was answered to the date they suggested."""
    if action.owner.email:
        owner = action.owner
        letter = letters.write(
            "actions/date",
            owner.language,
            action=_words(action, owner.language),
            link=links.of_action(action),
        )
        outbox.queue(session, owner.email, letter)


def send_new_link(session: Session, action: Action, occasion: str) -> None:
    """Send a fresh link to the owner's address; once for each occasion."""
    owner = action.owner
    letter = letters.write(
        "actions/link",
        owner.language,
        title=harmless(action.title.pick(owner.language).text),
        link=links.of_action(action),
    )
    outbox.queue(session, owner.email, letter, once=occasion)


def send_new_list(session: Session, organisation: Organisation, occasion: str) -> None:
    """Send a fresh link to an organisation's list to its address; once for each occasion."""
    link = links.of_organisation(organisation)
    outbox.queue(
        session,
        organisation.email,
        letters.write("actions/list", organisation.language, link=link),
        once=occasion,
    )


def reminder(organisation: Organisation, dues: Sequence[tuple[Action, ReminderKind]]) -> Letter:
    """One mail about everything an organisation is reminded of on a day."""
    language = organisation.language
    lines = [
        Due(harmless(action.title.pick(language).text), kind, action.due_on, links.of_action(action))
        for action, kind in dues
    ]
    return letters.write(
        "actions/reminder", language, dues=lines, list_link=links.of_organisation(organisation)
    )


def _asked(action: Action) -> Letter:
    owner = action.owner
    return letters.write(
        "actions/asked", owner.language, action=_words(action, owner.language), link=links.of_action(action)
    )


def _answered(action: Action, language: str) -> Letter:
    return letters.write(
        "actions/answered",
        language,
        action=_words(action, language),
        states=ActionState,
        link=f"{settings().public_url}/{language}/desk/actions/{action.code}",
    )


def _words(action: Action, language: str) -> dict[str, object]:
    """What the mails say of an action, harmless and in the receiver's language."""
    return {
        "title": harmless(action.title.pick(language).text),
        "why": harmless(action.why.pick(language).text),
        "role": harmless(action.owner_role.pick(language).text),
        "owner": harmless(action.owner.name.pick(language).text),
        "asker": harmless(action.asked_by.name if action.asked_by else ""),
        "organiser": harmless(action.dialogue.organiser.name.pick(language).text),
        "dialogue": harmless(action.dialogue.title.pick(language).text),
        "due_on": action.due_on,
        "suggested_due_on": action.suggested_due_on,
        "reply": harmless(action.reply),
        "outcome": harmless(action.outcome.pick(language).text),
        "state": action.state,
    }

"""What is written to owners of actions, and to those who asked them."""

from datetime import date

from sqlalchemy.orm import Session

from dialogue.actions import links, rules
from dialogue.actions.models import Action, ActionState
from dialogue.base import letters, outbox
from dialogue.base.outbox import Letter
from dialogue.config import settings
from dialogue.places.models import Organisation

# Mails are written in Markdown. What people typed must not become links or markup in them.
_HARMLESS = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "`": "'", "\\": "/"})


def harmless(text: object) -> str:
    """What a person typed, so that it reads the same and does nothing in Markdown."""
    return str(text).translate(_HARMLESS)


def ask(session: Session, action: Action) -> None:
    """Ask the owner: what, why, who asks, by when, and the link with which to answer."""
    tell_owner(session, action, "actions/asked")


def hand_over(session: Session, action: Action) -> None:
    """Tell the one who looks after the action from here on what it is, and how to say how it goes."""
    tell_owner(session, action, "actions/handed_over")


def tell_date(session: Session, action: Action) -> None:
    """Tell the owner at work what was answered to the date they suggested."""
    tell_owner(session, action, "actions/date")


def tell_owner(session: Session, action: Action, template: str, **values: object) -> None:
    """Write to the one who looks after the action, or to the owner's own address; to nobody without one."""
    to = rules.holder(action)
    if to:
        language = action.owner.language
        words, link = _words(action, language), links.of_action(action)
        outbox.queue(session, to, letters.write(template, language, action=words, link=link, **values))


def tell_organiser(session: Session, action: Action) -> None:
    """Tell the one who asked what the owner answered, or what came of it."""
    asker = action.asked_by
    if asker is not None and asker.is_active:
        outbox.queue(session, asker.email, _answered(action, asker.language))


def send_new_link(session: Session, action: Action, day: date) -> None:
    """Send a fresh link to the address that the old one was made for; once a day."""
    owner, to = action.owner, rules.holder(action)
    title = harmless(action.title.pick(owner.language).text)
    letter = letters.write("actions/link", owner.language, title=title, link=links.of_action(action))
    mark = links.address_mark(owner.id, to)
    outbox.queue(session, to, letter, once=f"action link {action.id} {mark} {day}")


def send_new_list(session: Session, owner: Organisation, person: str, day: date) -> None:
    """Send a fresh link to a list to the address that the old one was made for; once a day."""
    to = person or owner.email
    letter = letters.write("actions/list", owner.language, link=links.of_organisation(owner, person))
    outbox.queue(session, to, letter, once=f"action list {links.address_mark(owner.id, to)} {day}")


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
        "reply": harmless(action.offer_note if action.offered_to else action.reply),
        "offered_to": harmless(action.offered_to.name.pick(language).text if action.offered_to else ""),
        "person": harmless(action.person_name),
        "outcome": harmless(action.outcome.pick(language).text),
        "state": action.state,
    }

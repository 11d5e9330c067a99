"""What is written about the duty routine. No mail holds a word of what was held."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from dialogue.base import i18n, letters, outbox
from dialogue.boards.models_reading import Hold
from dialogue.config import settings
from dialogue.people.models import User
from dialogue.residents.operations import follow_path, printed_code


def tell_officer(session: Session, held: Hold) -> None:
    """Tell the duty officer at once that something is held."""
    _tell(session, held, held.idea.board.dialogue.duty_officer, "held")


def remind(session: Session, held: Hold, organisers: Iterable[User]) -> int:
    """Tell the officer again, and the organisers that something waits; return how many mails were written."""
    officer = held.idea.board.dialogue.duty_officer
    _tell(session, held, officer, "held_again")
    others = [user for user in organisers if officer is None or user.id != officer.id]
    for user in others:
        _tell(session, held, user, "held_late")
    return len(others) + (officer is not None)


def tell_moderator(session: Session, held: Hold) -> None:
    """Tell whoever held something what became of it; a duty officer who held it themselves knows."""
    if held.held_by_id != held.ended_by_id:
        _tell(session, held, held.held_by, "held_ended")


def tell_writer(session: Session, held: Hold) -> None:
    """Tell a writer who left an address that there is news, and where to turn; the news stands on their page."""
    given = held.idea.contribution
    if given.follow_code is None or given.follow_code.contact is None:
        return
    contact = given.follow_code.contact
    follow = settings().public_url + follow_path(printed_code(given.follow_code), contact.language)
    letter = letters.write(
        "boards/passed_on", contact.language, follow=follow, pupils=held.idea.board.has_pupils
    )
    outbox.queue(session, contact.email, letter, once=f"hold-{held.id}-writer")


def _tell(session: Session, held: Hold, user: User | None, template: str) -> None:
    if user is None or not user.is_active:
        return
    officer = held.idea.board.dialogue.duty_officer
    with i18n.speaking(user.language):
        letter = letters.write(
            f"boards/{template}",
            user.language,
            hold=held,
            dialogue=held.idea.board.dialogue,
            officer=officer.name if officer else "",
            since=i18n.show_datetime(held.held_at),
            desk=f"{settings().public_url}/{user.language}/desk",
        )
    outbox.queue(session, user.email, letter, once=f"hold-{held.id}-{template}-{user.id}")

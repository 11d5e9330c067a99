"""When what was typed of cards goes: as soon as the preview that it went into is stored, or taken back."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from dialogue.entering.models import Batch
from dialogue.entering.models_cards import CardEntry, PaperCard

NOTHING = {"title": "", "text": "", "label": ""}


def blank(session: Session, batch: Batch) -> None:
    """Blank the words of a batch's cards, which the ideas now have, and let go of their pictures. Who typed which
    is kept as long as the batch."""
    mine = PaperCard.batch_id == batch.id
    typed = (CardEntry.board_id == PaperCard.board_id) & (CardEntry.number == PaperCard.number)
    for table, which, nothing in (
        (CardEntry, typed & mine, NOTHING),
        (PaperCard, mine, {**NOTHING, "photo": ""}),
    ):
        blanked = update(table).where(which).values(nothing)
        session.execute(blanked.execution_options(synchronize_session=False))


def remove(session: Session, batch: Batch) -> None:
    """Forget the cards of a batch that was taken back, so that their numbers can be typed anew."""
    session.execute(delete(PaperCard).where(PaperCard.batch_id == batch.id))

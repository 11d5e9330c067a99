"""Finding ideas by their words."""

from collections.abc import Iterator

from sqlalchemy import Connection, event, func, inspect, select
from sqlalchemy.orm import Mapper, Session, joinedload

from dialogue.base import search
from dialogue.base.looked_for import Query
from dialogue.base.search import Document
from dialogue.boards.models import Board, Idea
from dialogue.boards.queries import IdeaPage
from dialogue.boards.queries_wall import is_published_on
from dialogue.dialogues.models import Contribution, ContributionState

KIND = "idea"
PAGE_SIZE = 20
AT_A_TIME = 1000
# Nobody leafs further; a number beyond what a database can count is none.
LAST_PAGE = 1000


def found(session: Session, board: Board, query: Query, number: int) -> IdeaPage:
    """One page of the published ideas of a board that have these words, those that fit best first. Pages count from
    1; a page that is not there is the first."""
    if query.is_empty:
        return IdeaPage([], 1, 1, 0)
    # A plenary wall shows what lies on its groups' boards.
    boards = [board, *board.group_boards] if board.gathers else [board]
    match = search.matching(session, KIND, [_within(one.id) for one in boards], query)
    number = min(max(number, 1), LAST_PAGE)
    chosen = session.execute(
        select(Idea.contribution_id, func.count().over())
        .join(match, match.c.subject_id == Idea.contribution_id)
        .where(*is_published_on(board))
        .order_by(match.c.rank, Idea.published_at.desc(), Idea.contribution_id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    if not chosen:
        return found(session, board, query, 1) if number > 1 else IdeaPage([], 1, 1, 0)
    keys, total = [key for key, _total in chosen], chosen[0][1]
    loading = (joinedload(Idea.contribution), joinedload(Idea.column))
    ideas = session.scalars(select(Idea).where(Idea.contribution_id.in_(keys)).options(*loading)).all()
    in_order = sorted(ideas, key=lambda idea: keys.index(idea.contribution_id))
    return IdeaPage(in_order, number, -(-total // PAGE_SIZE), total)


def documents(session: Session) -> Iterator[Document]:
    """Every idea, as it is searched in; without what is held for the duty officer, which nobody finds."""
    rows = session.execute(
        select(Idea.contribution_id, Idea.board_id, Contribution.language, Idea.title, Idea.text)
        .join(Idea.contribution)
        .where(Contribution.state != ContributionState.HELD)
        .order_by(Idea.contribution_id)
        .execution_options(yield_per=AT_A_TIME)
    )
    return (Document(KIND, key, _within(board_id), *rest) for key, board_id, *rest in rows)


def hide(session: Session, idea: Idea) -> None:
    """Let not even the index hold the words of what is held for the duty officer."""
    session.flush()
    search.forget(session.connection(), KIND, idea.contribution_id)


def bring_back(session: Session, idea: Idea) -> None:
    """Let what is held no more be found again, once it is shown."""
    connection = session.connection()
    search.keep(connection, [_document(connection, idea)])


def _within(board_id: int) -> str:
    return f"board{board_id}"


# Whatever operation writes or blanks an idea, whoever adds it: the words it is found by follow in the same
# transaction. What is shown is another matter, asked for when somebody searches.
@event.listens_for(Idea, "after_insert")
def _written(_mapper: Mapper[Idea], connection: Connection, idea: Idea) -> None:
    search.keep(connection, [_document(connection, idea)])


@event.listens_for(Idea, "after_update")
def _changed(_mapper: Mapper[Idea], connection: Connection, idea: Idea) -> None:
    now = inspect(idea).attrs
    if now.title.history.has_changes() or now.text.history.has_changes():
        search.keep(connection, [_document(connection, idea)])


def _document(connection: Connection, idea: Idea) -> Document:
    # Nothing can be loaded while changes are written, unless it is asked for plainly.
    language = (
        idea.contribution.language
        if "contribution" in idea.__dict__
        else connection.scalar(select(Contribution.language).where(Contribution.id == idea.contribution_id))
    )
    return Document(KIND, idea.contribution_id, _within(idea.board_id), language or "", idea.title, idea.text)

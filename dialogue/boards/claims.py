"""Who reads which idea: each that waits is with one moderator at a time, for a few minutes."""

from datetime import timedelta

from sqlalchemy import Select, and_, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from dialogue.base import clock
from dialogue.base.errors import Closed
from dialogue.base.i18n import lazy
from dialogue.boards import counting
from dialogue.boards.models import Board, Idea
from dialogue.boards.models_reading import Claim
from dialogue.dialogues.models import Contribution, ContributionState
from dialogue.dialogues.queries import reached_by
from dialogue.web.permissions import Actor, Permission

# So long an idea is with whoever reads it; their page renews it while it is open.
LEASE = timedelta(minutes=3)
# Of several who take the next one at the same moment each is given another within so many tries.
TRIES = 20


def take_next(session: Session, actor: Actor, board: Board | None = None) -> int | None:
    """Give this person the oldest idea that waits and is with nobody else; what they had before is free.

    What they passed over comes last. Returns its key, or None when nothing is left for them.
    """
    session.execute(
        delete(Claim)
        .where(Claim.by_id == actor.user_id, Claim.skipped_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    for _again in range(TRIES):
        if session.scalar(_next(actor, board).limit(1)) is None:
            return None
        taken = _take(session, actor, _next(actor, board).limit(1))
        if taken is not None:
            return taken
    return None


def take(session: Session, actor: Actor, idea: Idea) -> bool:
    """Give this person one idea, unless it is with somebody else."""
    return (
        _take(session, actor, _waiting(actor).where(Idea.contribution_id == idea.contribution_id)) is not None
    )


def renew(session: Session, actor: Actor, code: str) -> bool:
    """Keep an idea that one has for as long again; False when it is no longer one's own."""
    own = select(Contribution.id).where(Contribution.code == code).scalar_subquery()
    kept = session.execute(
        update(Claim)
        .where(Claim.idea_id == own, Claim.by_id == actor.user_id, Claim.skipped_at.is_(None))
        .values(until=clock.now() + LEASE)
        .returning(Claim.idea_id)
        .execution_options(synchronize_session=False)
    )
    return kept.scalar() is not None


def skip(session: Session, actor: Actor, idea: Idea) -> None:
    """Pass an idea over: others are given it now, this person last."""
    if take(session, actor, idea):
        now = clock.now()
        session.execute(
            update(Claim)
            .where(Claim.idea_id == idea.contribution_id)
            .values(until=now, skipped_at=now)
            .execution_options(synchronize_session=False)
        )


def check(session: Session, actor: Actor, idea: Idea) -> None:
    """Raise Closed while somebody else reads an idea that waits."""
    claim = session.scalars(
        select(Claim)
        .where(Claim.idea_id == idea.contribution_id, Claim.by_id != actor.user_id, Claim.until > clock.now())
        .options(joinedload(Claim.by))
    ).one_or_none()
    if claim is not None and idea.contribution.state is ContributionState.RECEIVED:
        raise Closed(lazy("%(name)s is reading this idea now. Nothing was changed.", name=claim.by.name))


def release(session: Session, idea: Idea) -> None:
    """Nobody reads an idea any more, since it was decided about."""
    session.execute(
        delete(Claim)
        .where(Claim.idea_id == idea.contribution_id)
        .execution_options(synchronize_session=False)
    )


def _take(session: Session, actor: Actor, chosen: Select[int]) -> int | None:
    """One conditional statement: of two who take the same idea the second is given nothing."""
    now = clock.now()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = chosen.add_columns(literal(actor.user_id), literal(now + LEASE, Claim.until.type))
    statement = insert(Claim).from_select(["idea_id", "by_id", "until"], values)
    return session.scalar(
        statement.on_conflict_do_update(
            index_elements=[Claim.idea_id],
            set_={"by_id": actor.user_id, "until": now + LEASE, "skipped_at": None},
            where=or_(Claim.until <= now, Claim.by_id == actor.user_id),
        )
        .returning(Claim.idea_id)
        .execution_options(synchronize_session=False)
    )


def _waiting(actor: Actor) -> Select[int]:
    return (
        select(Idea.contribution_id)
        .join(Idea.contribution)
        .join(Contribution.dialogue)
        .where(
            counting.waits(),
            reached_by(actor, Permission.MODERATE),
        )
    )


def _next(actor: Actor, board: Board | None) -> Select[int]:
    passed_over = case((and_(Claim.by_id == actor.user_id, Claim.skipped_at.is_not(None)), 1), else_=0)
    chosen = (
        _waiting(actor)
        .outerjoin(Claim, Claim.idea_id == Idea.contribution_id)
        .where(or_(Claim.idea_id.is_(None), Claim.until <= clock.now(), Claim.by_id == actor.user_id))
        .order_by(func.coalesce(passed_over, 0), Contribution.received_at, Contribution.id)
    )
    return chosen if board is None else chosen.where(counting.is_on(board))

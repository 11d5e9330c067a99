"""Reads of the pages that show several features."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dialogue.actions.models import Action, ActionState
from dialogue.actions.queries import is_public as is_public_action
from dialogue.base.db import version_of
from dialogue.base.errors import NotFound
from dialogue.base.i18n import Translated
from dialogue.dialogues.models import Dialogue, DialogueState, TeamMember
from dialogue.followup.chain import is_released
from dialogue.followup.models import Body, BodyPower, Decision
from dialogue.goals.models import Goal

FINISHED_SHOWN = 24


@dataclass(frozen=True)
class CameOfIt:
    """What came of a dialogue so far: decisions, actions that their owners have said yes to, and those done."""

    decisions: int
    actions: int
    done: int


def front_version(session: Session) -> Hashable:
    """What the front page hangs on: how many dialogues there are and how often they have changed."""
    return version_of(session, _FRONT_VERSION)


def dialogue_version(session: Session, code: str) -> Hashable | None:
    """What a dialogue's public page hangs on; None for one that nobody may see."""
    return version_of(session, _DIALOGUE_VERSION, code=code)


_FRONT_VERSION = select(func.count(Dialogue.id), func.sum(Dialogue.version)).where(
    Dialogue.state != DialogueState.DRAFT
)
_DIALOGUE_VERSION = select(Dialogue.id, Dialogue.version).where(
    Dialogue.code == bindparam("code"), Dialogue.state != DialogueState.DRAFT
)


def written_once(_session: Session) -> Hashable:
    """What a page hangs on that only a new version of the product changes."""
    return "written once"


def open_dialogues(session: Session) -> Sequence[Dialogue]:
    """Every dialogue that is at work, the newest first."""
    return session.scalars(_listed(DialogueState.PUBLISHED)).all()


def finished_dialogues(session: Session) -> Sequence[Dialogue]:
    """The dialogues that were closed last."""
    return session.scalars(_listed(DialogueState.CLOSED).limit(FINISHED_SHOWN)).all()


def _listed(state: DialogueState) -> Select[Dialogue]:
    return (
        select(Dialogue)
        .where(Dialogue.state == state)
        .options(joinedload(Dialogue.municipality), selectinload(Dialogue.phases))
        .order_by(Dialogue.published_at.desc(), Dialogue.id.desc())
    )


def statements(session: Session) -> list[tuple[Translated, str]]:
    """The body behind each public dialogue with the address of its accessibility statement, each once."""
    rows = session.scalars(
        select(Dialogue)
        .where(Dialogue.state != DialogueState.DRAFT, Dialogue.accessibility_url != "")
        .options(joinedload(Dialogue.organiser))
    )
    found = {dialogue.accessibility_url: dialogue.organiser.name for dialogue in rows}
    return sorted(((name, url) for url, name in found.items()), key=lambda row: str(row[0]))


def came_of_it(session: Session, dialogue_id: int) -> CameOfIt:
    """What everybody can read of what came of a dialogue, in numbers."""
    decisions = (
        select(func.count())
        .select_from(Decision)
        .join(Decision.body)
        .where(Decision.dialogue_id == dialogue_id, is_released(), Body.power == BodyPower.DECIDES)
    )
    accepted = (
        select(func.count()).select_from(Action).where(Action.dialogue_id == dialogue_id, is_public_action())
    )
    done = accepted.where(Action.state.in_([ActionState.DONE, ActionState.PARTLY_DONE]))
    row = session.execute(
        select(decisions.scalar_subquery(), accepted.scalar_subquery(), done.scalar_subquery())
    ).one()
    return CameOfIt(*row)


def public_dialogue(session: Session, code: str) -> Dialogue:
    """A dialogue that anybody may see, with what its page shows. Raises NotFound."""
    found = session.scalars(
        select(Dialogue)
        .where(Dialogue.code == code, Dialogue.state != DialogueState.DRAFT)
        .options(
            joinedload(Dialogue.municipality),
            joinedload(Dialogue.organiser),
            joinedload(Dialogue.controller),
            joinedload(Dialogue.promised_by),
            selectinload(Dialogue.phases),
            selectinload(Dialogue.team).joinedload(TeamMember.organisation),
            selectinload(Dialogue.goals).joinedload(Goal.plan),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found

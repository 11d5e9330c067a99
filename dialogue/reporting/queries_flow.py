"""Reads of the flow: what each theme of a dialogue gathers, how it was answered, and where its actions stand."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dialogue.dialogues.models import Dialogue
from dialogue.followup.models import Theme
from dialogue.reporting import counting_done
from dialogue.reporting.flow import Flow, FlowCount, Standing, ThemeCount, ThemeFlow, flow
from dialogue.reporting.models import DialogueFigures
from dialogue.reporting.queries import Counted


def public_flow(session: Session, dialogue: Dialogue, counted: Counted) -> Flow:
    """The flow as everybody may see it."""
    count = _count(session, dialogue, counted)
    return _flow(
        session,
        dialogue,
        counted,
        count,
        {key: one.public for key, one in count.themes.items()},
        count.public,
    )


def desk_flow(session: Session, dialogue: Dialogue, counted: Counted) -> Flow:
    """The flow as the team sees it: with every action that was agreed, and everything that is late."""
    count = _count(session, dialogue, counted)
    return _flow(
        session, dialogue, counted, count, {key: one.desk for key, one in count.themes.items()}, count.desk
    )


def _count(session: Session, dialogue: Dialogue, counted: Counted) -> FlowCount:
    """Counted when the figures beside it were."""
    if dialogue.id in counted.kept:
        kept = session.get_one(DialogueFigures, dialogue.id)
        return FlowCount.from_json(kept.flow)
    return counting_done.flows(session, [dialogue.id])[dialogue.id]


def _flow(
    session: Session,
    dialogue: Dialogue,
    counted: Counted,
    count: FlowCount,
    actions: Mapping[int, Mapping[Standing, int]],
    all_actions: Mapping[Standing, int],
) -> Flow:
    heard = counted.by_dialogue[dialogue.id].heard if dialogue.id in counted.by_dialogue else None
    themes = session.execute(
        select(Theme.id, Theme.code, Theme.title).where(
            Theme.dialogue_id == dialogue.id, Theme.retired_at.is_(None)
        )
    )
    return flow(
        [
            ThemeFlow(
                id=key,
                code=code,
                title=title,
                gathered=heard.gathered(key) if heard else 0,
                answers=count.themes.get(key, ThemeCount()).answers,
                actions=actions.get(key, {}),
            )
            for key, code, title in themes
        ],
        heard.unplaced if heard else 0,
        count.left_out,
        all_actions,
    )

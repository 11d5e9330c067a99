"""What is sent to the open pages of a board: each idea that may have changed, as the public may see it now."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import get_template_attribute
from sqlalchemy.orm import Session

from dialogue.base import clock, live
from dialogue.boards import counting, news, queries_live, queries_public, rules, wording
from dialogue.boards.models import Board, Idea

# More than so many at once are read anew as a page.
MOST_IDEAS = 40


def on_board(board: Board, idea: Idea) -> str:
    """An idea as the board's own page shows it."""
    return _macro("boards/_idea.html", "idea_on_board")(idea, rules.takes_support(board, clock.now()))


def on_projector(board: Board, idea: Idea) -> str:
    """An idea as it is read from the back row."""
    return _macro("boards/_projected.html", "projected")(idea, _prompt(board, idea))


LOOKS: Mapping[str, Callable[[Board, Idea], str]] = {"board": on_board, "projector": on_projector}


def message(session: Session, code: str, look: str, since: int, upto: int) -> str | None:
    """What has changed on a board after one number up to another, as one line of JSON; None when the page must be
    read anew.

    ``ideas`` are those that are shown, with the number of their column; ``gone`` are shown no more; ``counts`` is
    the support of those that are as they were; ``columns`` says how many ideas are shown under each prompt, and
    ``waiting``, in words, how many wait to be read.
    Raises NotFound when the board is not public.
    """
    board = queries_public.public_board(session, code)
    told = live.since(session, news.stream_of(board.id), since, upto)
    if told is None:
        return None
    changed = news.Changed.read(told.subjects)
    if changed.board or len(changed.ideas) > MOST_IDEAS:
        return None
    shown = queries_live.shown_of(session, board, changed.ideas)
    prompt_of = counting.fed_prompts(session, board)
    content: dict[str, Any] = {
        "upto": upto,
        "ideas": [
            {
                "code": idea.contribution.code,
                "column": prompt_of.get(idea.column_id, idea.column_id),
                "html": LOOKS[look](board, idea),
            }
            for idea in shown
        ],
        "gone": queries_live.shown_once(session, _without(changed.ideas, shown)),
        "counts": queries_live.support_of(session, board, changed.supported),
    }
    if changed.ideas:
        content["columns"] = queries_live.per_column(session, board)
        content["waiting"] = wording.waiting_line(counting.waiting_on(session, board))
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _without(ids: Sequence[int], shown: Sequence[Idea]) -> list[int]:
    there = {idea.contribution_id for idea in shown}
    return [key for key in ids if key not in there]


def _prompt(board: Board, idea: Idea) -> str | None:
    """The prompt that an idea answers, where a board has several."""
    return str(idea.column.title) if len(board.columns) > 1 else None


def _macro(template: str, name: str) -> Callable[..., str]:
    found: Callable[..., str] = get_template_attribute(template, name)
    return found

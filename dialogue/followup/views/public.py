"""Public pages of the chain: a theme, an action, and what came of a dialogue."""

from flask import Blueprint, render_template, request

from dialogue.actions.queries import public_updates
from dialogue.base import clock
from dialogue.followup import chain, queries, story
from dialogue.web import access
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

blueprint = Blueprint("chain", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/themes/<code>")
@access.public
@cached(queries.theme_version, "page")
def theme(code: str) -> str:
    """A theme: what people said, what was decided and what is done about it."""
    shown = queries.public_theme(session(), code)
    dialogue = shown.dialogue
    return render_template(
        "followup/theme.html",
        theme=shown,
        story=queries.story_of(session(), shown),
        page=queries.ideas_in(session(), shown.id, request.args.get("page", 1, type=int)),
        promise=story.promise(dialogue.answer_by, dialogue.promised_by.name if dialogue.promised_by else ""),
        by_whom_and_why=story.by_whom_and_why,
    )


@blueprint.get("/actions/<code>")
@access.public
@cached(queries.action_version)
def action(code: str) -> str:
    """An action: what, why, who, by when, what happened, and where it comes from."""
    shown = queries.public_action(session(), code)
    origins = queries.origins(session(), shown.id)
    theme_ids = {origin.theme.id for origin in origins}
    return render_template(
        "followup/action.html",
        action=shown,
        record=chain.action_record(shown),
        updates=public_updates(shown),
        origins=origins,
        ideas=queries.most_supported(session(), theme_ids),
    )


@blueprint.get("/dialogues/<code>/what-came-of-it")
@access.public
@cached(queries.dialogue_version)
def what_came_of_it(code: str) -> str:
    """You said, we did: every theme with its decision and its actions."""
    dialogue = queries.public_dialogue(session(), code)
    return render_template(
        "followup/what_came_of_it.html",
        dialogue=dialogue,
        asked=queries.asked(session(), dialogue.id),
        stories=queries.stories(session(), queries.themes_in(session(), dialogue.id)),
        unplaced=queries.count_unplaced(session(), dialogue.id),
        promise=story.promise(dialogue.answer_by, dialogue.promised_by.name if dialogue.promised_by else ""),
        is_late=dialogue.answer_by is not None and dialogue.answer_by < clock.today(),
        by_whom_and_why=story.by_whom_and_why,
    )

"""Public pages of the chain: a theme and an action."""

from flask import Blueprint, render_template, request

from dialogue.actions.queries import public_updates
from dialogue.followup import chain, gathered, helped, queries, story
from dialogue.helping import queries as helping
from dialogue.helping.mail import when as when_help
from dialogue.web import access
from dialogue.web.pagecache import cached
from dialogue.web.transaction import session

# How many of the things that led to an action stand on its page.
FEW = 5

blueprint = Blueprint("chain", __name__, url_prefix="/<lang:lang>")


@blueprint.get("/themes/<code>")
@access.public
@cached(queries.theme_version, "page")
def theme(code: str) -> str:
    """A theme: what people said, what was decided and what is done about it."""
    shown = queries.public_theme(session(), code)
    dialogue = shown.dialogue
    told = queries.story_of(session(), shown)
    return render_template(
        "followup/theme.html",
        theme=shown,
        story=told,
        unshown=told.unshown,
        page=gathered.shown_in(session(), shown.id, request.args.get("page", 1, type=int)),
        minority=gathered.minority_in(session(), shown.id),
        gone=gathered.gone_from(session(), shown.id),
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
        record=chain.action_record(shown, helped.summary(session(), [shown.id])[shown.id]),
        words=helped.words(session(), shown.id),
        updates=public_updates(shown),
        origins=origins,
        some=gathered.most_supported(session(), theme_ids, FEW),
        help_slots=helping.coming_for(session(), shown),
        help_when=when_help,
    )

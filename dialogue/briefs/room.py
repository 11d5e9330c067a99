"""What the room of briefs declares."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from sqlalchemy.orm import Session

from dialogue.base.i18n import _, begun_large, lazy, ngettext, show_date, show_month
from dialogue.briefs import jobs, operations, queries, queries_patrols, views, views_patrols, views_quotes
from dialogue.briefs.models import Brief
from dialogue.briefs.queries_patrols import PatrolCount
from dialogue.dialogues.models import Dialogue
from dialogue.web.permissions import Actor, Permission
from dialogue.web.rooms import DeskItem, Job, Part, PublicPart, Room


def part(session: Session, actor: Actor, dialogue: Dialogue) -> Part:
    """The brief and the note for patrols on the dialogue's desk page."""
    scope = dialogue.scope()
    may_condense = actor.may(Permission.CONDENSE, scope)
    may_read = may_condense or actor.may(Permission.DECIDE, scope)
    newest = queries.briefs_of(session, dialogue.id)[:1]
    asked = queries_patrols.asked(session, dialogue.id)
    items = [
        DeskItem(
            _("The brief, on one page"),
            url_for("briefs.draft", code=dialogue.code) if may_read else None,
            detail=_sent(newest[0]) if newest else _("No version has been sent yet"),
        ),
        DeskItem(
            _("Note for patrols"),
            url_for("patrols.note", code=dialogue.code) if may_condense else None,
            detail=ngettext("%(num)s line", "%(num)s lines", len(asked))
            if asked
            else _("Nothing is asked of patrols"),
        ),
    ]
    return Part(
        heading=lazy("Brief"),
        items=items,
        add_url=None,
        add_label=lazy("Open the brief"),
        empty=lazy("No themes yet"),
    )


def public_part(session: Session, dialogue: Dialogue) -> Sequence[PublicPart]:
    """How often patrols were where residents wished for it, by months that have ended."""
    lines = [_told(count) for count in queries_patrols.patrol_counts(session, dialogue.id)]
    return [PublicPart("patrols", _("Patrols where you wished for them"), lines)] if lines else []


def _told(count: PatrolCount) -> str:
    """What was wished for, then where and when, then how often in each month, a line each."""
    months = [
        ngettext("%(month)s: %(num)s time", "%(month)s: %(num)s times", times, month=show_month(month))
        for month, times in count.months
    ]
    return f"{count.what}\n{count.where} · {count.when}\n{begun_large(' · '.join(months))}"


def _sent(brief: Brief) -> str:
    return _(
        "Version %(number)s, %(day)s, to %(bodies)s",
        number=brief.number,
        day=show_date(brief.frozen_at),
        bodies=", ".join(str(sending.body.name) for sending in brief.sendings),
    )


room = Room(
    "briefs",
    blueprints=(views.blueprint, views_quotes.blueprint, views_patrols.blueprint),
    jobs=(Job("remake briefs", timedelta(minutes=1), jobs.remake_documents),),
    parts=(part,),
    public_parts=(public_part,),
    no_longer_shown=(operations.blank,),
    files=(queries.files,),
)

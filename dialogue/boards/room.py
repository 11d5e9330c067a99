"""What the room of boards declares."""

from datetime import timedelta

from dialogue.base.i18n import lazy
from dialogue.base.search import Documents
from dialogue.boards import as_source, duty, jobs, news, operations, queries, searching, stages
from dialogue.boards.desk import desk_cards, duty_cards, ideas, offers, part
from dialogue.boards.followed import follow_part
from dialogue.boards.in_meetings import gathering_tools, group_tools, hall_tools, open_stage, openings
from dialogue.boards.keeping import board_from_playbook
from dialogue.boards.views import blueprint as public
from dialogue.boards.views_comments import blueprint as comments
from dialogue.boards.views_desk import blueprint as desk
from dialogue.boards.views_duty import blueprint as duty_officer
from dialogue.boards.views_live import blueprint as live
from dialogue.boards.views_log import blueprint as moderation_log
from dialogue.boards.views_moderation import blueprint as moderation
from dialogue.boards.views_projector import blueprint as projector
from dialogue.boards.views_reading import blueprint as reading
from dialogue.boards.views_similar import blueprint as similar
from dialogue.dialogues.models import ContributionKind
from dialogue.web.gatherings import Openings
from dialogue.web.permissions import Permission
from dialogue.web.rooms import Job, MenuItem, Room
from dialogue.web.sources import Source

room = Room(
    "boards",
    blueprints=(
        public,
        comments,
        live,
        projector,
        similar,
        desk,
        moderation,
        reading,
        duty_officer,
        moderation_log,
    ),
    jobs=(
        Job("move boards", timedelta(seconds=2), stages.move_due),
        Job("remind of what is held", timedelta(minutes=1), jobs.remind_of_held),
    ),
    desk_cards=(duty_cards, desk_cards),
    offers=(offers,),
    parts=(part,),
    menu=(MenuItem("ideas", lazy("Ideas to read"), "moderation.queue", (Permission.MODERATE,)),),
    follow_parts={ContributionKind.IDEA.value: follow_part},
    files=(queries.files_in_use,),
    erasers={ContributionKind.IDEA.value: operations.erase},
    account_closed=(duty.leave,),
    opened_or_closed=(news.opened_or_closed,),
    playbook_parts={"board": board_from_playbook},
    group_tools=(group_tools,),
    gathering_tools=(gathering_tools,),
    hall_tools=(hall_tools,),
    openings=(Openings("boards", openings, open_stage),),
    documents=(Documents(searching.KIND, searching.documents),),
    sources=(
        Source(
            ContributionKind.IDEA,
            counted=ideas,
            texts=as_source.source_texts,
            holds=as_source.holds_words,
            support=as_source.support_of_contribution(),
            page="boards.idea",
        ),
    ),
)

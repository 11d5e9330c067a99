"""What the room of follow-up declares."""

from datetime import timedelta

from dialogue.followup import feedback, jobs, links
from dialogue.followup.views import brief, condense, decide, follow, public
from dialogue.web.rooms import Job, Room

room = Room(
    "followup",
    blueprints=(
        follow.blueprint,
        public.blueprint,
        condense.blueprint,
        decide.blueprint,
        brief.blueprint,
    ),
    jobs=(
        Job("tell back", timedelta(minutes=1), feedback.tell),
        Job("sweep files", timedelta(days=1), jobs.sweep_files),
    ),
    desk_cards=(links.desk_cards,),
    parts=(links.part,),
    sources_of_action=(links.sources_of_action,),
    chain_below=(links.chain_below,),
)

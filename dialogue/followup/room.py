"""What the room of follow-up declares."""

from dialogue.followup import jobs, links
from dialogue.followup.views import brief, condense, decide, follow, public
from dialogue.web.rooms import Room

room = Room(
    "followup",
    blueprints=(
        follow.blueprint,
        public.blueprint,
        condense.blueprint,
        decide.blueprint,
        brief.blueprint,
    ),
    jobs=jobs.JOBS,
    desk_cards=(links.desk_cards,),
    parts=(links.part,),
    sources_of_action=(links.sources_of_action,),
    chain_below=(links.chain_below,),
)

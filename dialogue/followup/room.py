"""What the room of follow-up declares."""

from datetime import timedelta

from dialogue.followup import desk, feedback, links, passing, releasing
from dialogue.followup.views import (
    aside,
    bodies,
    condense,
    decide,
    follow,
    groups,
    helped,
    passing as passing_views,
    public,
    suggest,
)
from dialogue.web.rooms import Job, Room

room = Room(
    "followup",
    blueprints=(
        follow.blueprint,
        public.blueprint,
        condense.blueprint,
        aside.blueprint,
        suggest.blueprint,
        decide.blueprint,
        bodies.blueprint,
        passing_views.blueprint,
        groups.blueprint,
        helped.public,
        helped.desk,
    ),
    jobs=(
        Job("release decisions", timedelta(minutes=1), releasing.release_due),
        Job("remind of what was passed on", timedelta(hours=1), passing.remind),
        Job("tell back", timedelta(minutes=1), feedback.tell),
    ),
    desk_cards=(links.desk_cards, desk.cards),
    parts=(links.part, desk.part),
    sources_of_action=(links.sources_of_action,),
    chain_below=(links.chain_below,),
    groupings=(links.groupings,),
)

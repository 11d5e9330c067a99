"""What the room of reporting back declares."""

from datetime import timedelta

from dialogue.base.i18n import lazy
from dialogue.reporting import desk, jobs, views, views_leader
from dialogue.web.permissions import Permission
from dialogue.web.rooms import Job, MenuItem, Room

room = Room(
    "reporting",
    blueprints=(views.blueprint, views_leader.blueprint),
    jobs=(Job("count anew", timedelta(minutes=1), jobs.count_anew),),
    desk_cards=(desk.cards,),
    parts=(desk.part,),
    menu=(MenuItem("leader", lazy("Five minutes"), "leader.choose", (Permission.VIEW_DIALOGUE,)),),
)

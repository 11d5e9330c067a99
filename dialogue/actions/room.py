"""What the room of actions declares."""

from datetime import timedelta

from dialogue.actions import desk, jobs, views, views_desk
from dialogue.base.i18n import lazy
from dialogue.web.permissions import Permission
from dialogue.web.rooms import Job, MenuItem, Room

room = Room(
    "actions",
    blueprints=(views_desk.blueprint, views.blueprint),
    jobs=(Job("remind owners", timedelta(hours=1), jobs.remind),),
    desk_cards=(desk.cards,),
    parts=(desk.part,),
    menu=(
        MenuItem(
            "actions", lazy("Actions"), "actions.mine", (Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)
        ),
    ),
)

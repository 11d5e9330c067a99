"""What the room of actions declares."""

from datetime import timedelta

from dialogue.actions import attaching, desk, jobs, views, views_desk, views_files
from dialogue.actions.work import views as work, views_kept as kept, views_round as rounds
from dialogue.base.i18n import lazy
from dialogue.web.permissions import Permission
from dialogue.web.rooms import Job, MenuItem, Room

room = Room(
    "actions",
    blueprints=(
        views_desk.blueprint,
        views.blueprint,
        views_files.blueprint,
        work.blueprint,
        kept.blueprint,
        rounds.blueprint,
    ),
    jobs=(Job("remind owners", timedelta(hours=1), jobs.remind),),
    files=(attaching.files_in_use,),
    desk_cards=(desk.cards,),
    parts=(desk.part,),
    menu=(
        MenuItem(
            "actions", lazy("Actions"), "work.listed", (Permission.OWN_ACTIONS, Permission.MANAGE_ACTIONS)
        ),
    ),
)

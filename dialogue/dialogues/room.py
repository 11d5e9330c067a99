"""What the room of dialogues declares."""

from dialogue.base.i18n import lazy
from dialogue.dialogues import contributions, desk, views, views_setting_up
from dialogue.web.permissions import Permission
from dialogue.web.rooms import MenuItem, Room

room = Room(
    "dialogues",
    blueprints=(views_setting_up.blueprint, views.blueprint),
    desk_cards=(desk.cards,),
    menu=(MenuItem("dialogues", lazy("Dialogues"), "dialogues.dialogues", (Permission.VIEW_DIALOGUE,)),),
    goals_changed=(contributions.renew_what_names_goals,),
)

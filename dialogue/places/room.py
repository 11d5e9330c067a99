"""What the room of places declares."""

from dialogue.base.i18n import lazy
from dialogue.places.views import blueprint
from dialogue.web.permissions import Permission
from dialogue.web.rooms import MenuItem, Room

room = Room(
    "places",
    blueprints=(blueprint,),
    menu=(
        MenuItem(
            "organisations", lazy("Organisations"), "places.organisations", (Permission.MANAGE_ORGANISATIONS,)
        ),
        MenuItem("places", lazy("Places"), "places.districts", (Permission.MANAGE_PLACES,)),
    ),
)

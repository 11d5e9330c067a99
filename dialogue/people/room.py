"""What the room of people declares."""

from datetime import timedelta

from dialogue.base.i18n import lazy
from dialogue.people.jobs import remove_expired
from dialogue.people.views import blueprint
from dialogue.people.views_keepers import blueprint as keepers
from dialogue.web.permissions import Permission
from dialogue.web.rooms import Job, MenuItem, Room

room = Room(
    "people",
    blueprints=(blueprint, keepers),
    jobs=(Job("remove expired sign-ins", timedelta(hours=1), remove_expired),),
    menu=(
        MenuItem("people", lazy("People"), "keepers.people", (Permission.MANAGE_PEOPLE,)),
        MenuItem("account", lazy("My account"), "people.account"),
    ),
)

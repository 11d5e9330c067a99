"""What the room of overviews declares."""

from dialogue.base.i18n import lazy
from dialogue.overview.views import blueprint
from dialogue.web.rooms import MenuItem, Room

room = Room("overview", blueprints=(blueprint,), menu=(MenuItem("desk", lazy("Today"), "overview.desk"),))

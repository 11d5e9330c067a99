"""What the room of boards declares."""

from dialogue.boards.views import blueprint
from dialogue.web.rooms import Room

room = Room("boards", blueprints=(blueprint,))

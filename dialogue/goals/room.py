"""What the room of plans and goals declares."""

from dialogue.goals.views import blueprint
from dialogue.web.rooms import Room

room = Room("goals", blueprints=(blueprint,))

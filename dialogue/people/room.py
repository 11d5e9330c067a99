"""What the room of people declares."""

from dialogue.people.views import blueprint
from dialogue.web.rooms import Room

room = Room("people", blueprints=(blueprint,))

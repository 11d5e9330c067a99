"""What the room of places declares."""

from dialogue.web.rooms import Room

room = Room("places")

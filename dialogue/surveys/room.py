"""What the room of surveys declares."""

from dialogue.web.rooms import Room

room = Room("surveys")

"""What the room of demo declares."""

from dialogue.web.rooms import Room

room = Room("demo")

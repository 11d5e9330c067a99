"""What the room of actions declares."""

from dialogue.web.rooms import Room

room = Room("actions")

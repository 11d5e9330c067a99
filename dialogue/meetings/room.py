"""What the room of meetings declares."""

from dialogue.web.rooms import Room

room = Room("meetings")

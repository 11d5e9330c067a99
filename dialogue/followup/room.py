"""What the room of followup declares."""

from dialogue.web.rooms import Room

room = Room("followup")

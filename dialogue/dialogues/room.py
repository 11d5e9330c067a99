"""What the room of dialogues declares."""

from dialogue.web.rooms import Room

room = Room("dialogues")

"""What the room of follow-up declares."""

from datetime import timedelta

from dialogue.followup import feedback
from dialogue.followup.views.follow import blueprint as follow
from dialogue.followup.views.public import blueprint as public
from dialogue.web.rooms import Job, Room

room = Room(
    "followup",
    blueprints=(follow, public),
    jobs=(Job("tell back", timedelta(minutes=1), feedback.tell),),
)

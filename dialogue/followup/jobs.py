"""What the scheduler calls."""

from datetime import timedelta

from dialogue.followup import feedback
from dialogue.web.rooms import Job

JOBS = (Job("tell back", timedelta(minutes=1), feedback.tell),)

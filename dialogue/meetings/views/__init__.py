"""Pages of meetings: for residents, for those who plan, and for facilitators."""

from dialogue.meetings.views.desk import blueprint as desk
from dialogue.meetings.views.groups import blueprint as groups
from dialogue.meetings.views.public import blueprint as public
from dialogue.meetings.views.registrations import blueprint as registrations
from dialogue.meetings.views.run_sheet import blueprint as run_sheet

blueprints = (public, desk, run_sheet, groups, registrations)

__all__ = ["blueprints"]

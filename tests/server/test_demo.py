"""Starting the demo: once it is loaded, a later start loads nothing again."""

from sqlalchemy import func, select

from dialogue.actions.models import Action
from dialogue.boards.models import Idea
from dialogue.dialogues.models import Dialogue
from dialogue.people.models import User
from dialogue.surveys.models import Response
from tests.server.visitor import Visitor

LOADED = (Dialogue, Idea, Response, Action, User)


def test_a_second_start_of_the_demo_loads_nothing_twice(empty_installation):
    demo = {"DEMO": "1", "SECRET_KEY": None, "SMTP_URL": None, "PUBLIC_URL": None}
    counts = []
    for _start in range(2):
        with empty_installation.serve("start", **demo) as server:
            assert Visitor(server.port).get("/nb/").status == 200
        with empty_installation.database.reading() as session:
            counts.append([session.scalar(select(func.count()).select_from(table)) for table in LOADED])
    assert counts[0] == counts[1]
    assert all(counts[0])

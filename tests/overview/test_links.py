"""What a page offers can be opened by whoever it is offered to."""

import pytest

from dialogue.base import clock
from dialogue.dialogues.models import DialogueState
from dialogue.web.permissions import Role


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.LEADER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("state", list(DialogueState))
def test_every_link_on_a_dialogues_desk_page_opens(client, make, role, state):
    dialogue = make.dialogue(state=state, published_at=None if state is DialogueState.DRAFT else clock.now())
    make.board(dialogue)
    make.meeting(dialogue)
    client.sign_in(make.user(role))
    page = client.get(f"/en/desk/dialogues/{dialogue.code}")
    links = {str(link["href"]) for link in page.html.select("main a[href^='/']")}
    assert links
    closed_doors = [link for link in links if client.get(link).status != 200]
    assert closed_doors == []

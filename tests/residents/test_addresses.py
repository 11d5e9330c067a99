"""Addresses that anybody can put into a form: no stranger's mailbox is filled from here."""

import pytest
from sqlalchemy import func, select

from dialogue.base.outbox import OutboxMail
from dialogue.residents.addresses import MAILS
from tests.helping.conftest import Scene

VICTIM = "victim@example.org"


@pytest.fixture
def doors(client, make):
    """Every way in which somebody without an account has a mail written at once to an address they name."""
    slot = Scene(make).slot(wanted=100)
    meeting, board = make.meeting(), make.board()

    def join_in(email):
        page = client.get(f"/en/help/{slot.code}")
        return client.send(page, {"name": "Kari", "email": email})

    def sign_up(email):
        page = client.get(f"/en/meetings/{meeting.code}/sign-up")
        return client.send(page, {"name": "Kari", "email": email})

    def follow(email):
        page = client.get(f"/en/boards/{board.code}/write")
        page = client.send(page, {"column": board.columns[0].id, "text": "More light", "title": "Light"})
        return client.send(page, {"email": email}, action="/address")

    return [join_in, sign_up, follow]


def test_nobody_can_fill_a_strangers_mailbox(doors, read):
    mails = select(func.count()).where(OutboxMail.to == VICTIM)
    for number in range(MAILS.times):
        written = VICTIM.capitalize() if number % 2 else VICTIM
        assert doors[number % 3](written).status == 200
    before = read(mails)
    assert before
    for door in doors:
        answer = door(VICTIM)
        assert answer.status in {422, 429}
        assert "left many times in the last hour" in answer.text
    assert read(mails) == before
    # Others, and those who leave no address, are let in as before.
    assert [door("other@example.org").status for door in doors] == [200] * 3
    assert [door("").status for door in doors[:2]] == [200] * 2

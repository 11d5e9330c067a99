"""Mail: queued with the change, sent afterwards, at least once and never knowingly twice."""

import socket
import threading
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from dialogue.base import clock, letters, outbox
from dialogue.base.outbox import Letter, MailState, OutboxMail

LETTER = Letter("Hello å", "Text ø\n", "<p>Text ø</p>", "nb")


@pytest.fixture
def queued(database):
    with database.writing() as session:
        outbox.queue(session, "a@example.org", LETTER, unsubscribe_url="https://example.org/u")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Received:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append(envelope.content.decode())
        return "250 OK"


def test_a_mail_goes_out_over_smtp_in_text_and_html(database, queued):
    received = Received()
    server = Controller(received, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        with outbox.smtp(f"smtp://127.0.0.1:{server.port}") as transport:
            assert outbox.send_due(database, transport, "dialogue@example.org") == 1
    finally:
        server.stop()
    [mail] = received.mails
    assert "multipart/alternative" in mail
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail


def test_a_sent_mail_is_not_sent_again(database, queued):
    sent: list[EmailMessage] = []
    for _ in range(2):
        outbox.send_due(database, sent.append, "dialogue@example.org")
    assert len(sent) == 1


def test_two_senders_at_once_do_not_send_the_same_mail(database):
    with database.writing() as session:
        for number in range(20):
            outbox.queue(session, f"{number}@example.org", LETTER)
    sent: list[EmailMessage] = []
    workers = [
        threading.Thread(target=outbox.send_due, args=(database, sent.append, "dialogue@example.org"))
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(mail["To"] for mail in sent) == sorted(f"{number}@example.org" for number in range(20))


def test_a_mail_that_fails_is_tried_again_later_and_given_up_at_last(database, queued):
    tried = []

    def refuse(message):
        tried.append(message["Message-ID"])
        raise OSError("no connection")

    moved = timedelta()
    for _ in range(len(outbox.BACK_OFF) + 3):
        outbox.send_due(database, refuse, "dialogue@example.org")
        outbox.send_due(database, refuse, "dialogue@example.org")  # too early: nothing happens
        moved += timedelta(days=2)
        clock.move_to(moved)
    assert len(tried) == len(outbox.BACK_OFF) + 1
    assert len(set(tried)) == 1
    with database.reading() as session:
        assert session.scalars(select(OutboxMail.state)).one() is MailState.FAILED


def test_a_mail_whose_sender_died_is_sent_by_another(database, queued):
    class Killed(BaseException):
        pass

    def die(_message):
        raise Killed

    with pytest.raises(Killed):
        outbox.send_due(database, die, "dialogue@example.org")
    sent: list[EmailMessage] = []
    outbox.send_due(database, sent.append, "dialogue@example.org")
    assert not sent
    clock.move_to(outbox.LEASE + timedelta(seconds=1))
    outbox.send_due(database, sent.append, "dialogue@example.org")
    assert len(sent) == 1


def test_the_same_occasion_is_written_about_once(database):
    for _ in range(2):
        with database.writing() as session:
            outbox.queue(session, "a@example.org", LETTER, once="reminder 7")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_what_a_person_is_called_cannot_act_in_a_mail(house):
    letter = letters.write(
        "people/invitation",
        "en",
        name="<script>x</script>",
        inviter="A\nBcc: b@example.org",
        address="https://x.example/",
    )
    assert "<script" not in letter.html
    assert "\n" not in letter.subject


def test_a_mail_that_is_sent_leaves_neither_address_nor_text(database, queued):
    outbox.send_due(database, lambda _: None, "dialogue@example.org")
    with database.reading() as session:
        mail = session.scalars(select(OutboxMail)).one()
    assert mail.state is MailState.SENT
    assert (mail.to, mail.text, mail.html, mail.unsubscribe_url) == ("", "", "", None)


def test_the_demo_keeps_what_it_sends(database, queued):
    outbox.send_due(database, outbox.keep_in_mailbox, "dialogue@example.org")
    with database.reading() as session:
        assert session.scalars(select(OutboxMail)).one().to == "a@example.org"


def test_a_mail_that_cannot_be_put_together_does_not_hold_up_the_next(database):
    with database.writing() as session:
        outbox.queue(session, "a@example.org", Letter("Two\u2028lines", "Text", "<p>Text</p>", "nb"))
        outbox.queue(session, "b@example.org", LETTER)
    sent: list[EmailMessage] = []
    assert outbox.send_due(database, sent.append, "dialogue@example.org") == 1
    assert sent[0]["To"] == "b@example.org"


def test_a_subject_is_one_line_whatever_stands_in_it():
    letter = letters.write(
        "people/invitation", "en", name="X", inviter="A\u2028Bcc: b@example.org", address="/x"
    )
    assert letter.subject == "A Bcc: b@example.org invites you to Dialogue"

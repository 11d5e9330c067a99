"""What organiser and owner do with an action, and what they may not do."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogue.actions import operations, queries, rules
from dialogue.actions.models import Action, ActionState, Update
from dialogue.actions.rules import Step
from dialogue.base import clock
from dialogue.base.audit import AuditEntry
from dialogue.base.errors import Closed, Invalid, NotAllowed
from dialogue.base.i18n import Translated
from dialogue.base.revisions import Changed
from dialogue.dialogues.models import Dialogue, StatusChange
from dialogue.people.queries import actor_of
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

SAID = Translated(en="The lamps are ordered.")


def changes(read):
    return read(select(StatusChange).where(StatusChange.subject_kind == "action").order_by(StatusChange.id))


def test_a_proposed_action_is_asked_by_mail_and_not_public(scene, mails, read):
    action = scene.proposed()
    assert action.state is ActionState.PROPOSED
    assert not rules.is_public(action)
    (mail,) = mails()
    assert mail.to == scene.owner.email
    for expected in (
        "Lights by the path (en)",
        "Many asked for it. (en)",
        scene.organiser.name,
        "/actions/by-link/",
    ):
        assert expected in mail.text
    assert [change.is_public for change in changes(read)] == [False]


def test_a_yes_makes_the_action_public_and_tells_the_organiser(scene, mails, read):
    version = scene.dialogue.version
    action = scene.accepted()
    action = scene.now(action)
    assert action.state is ActionState.ACCEPTED
    assert rules.is_public(action)
    assert mails()[-1].to == scene.organiser.email
    assert changes(read)[-1].is_public
    assert changes(read)[-1].public_text.missing(["nb", "nn", "en"]) == []
    assert read(select(Dialogue.version)) == [version + 1]


def test_an_internal_action_stays_internal_after_a_yes(scene, read):
    version = scene.dialogue.version
    action = scene.now(scene.accepted(is_internal=True))
    assert not rules.is_public(action)
    assert not any(change.is_public for change in changes(read))
    assert read(select(Dialogue.version)) == [version]


def test_the_public_list_holds_what_has_a_yes_and_nothing_else(scene, database):
    shown = scene.accepted()
    scene.accepted(is_internal=True)
    scene.proposed()
    refused = scene.proposed()
    scene.take(operations.decline, scene.owning, refused, "No money.")
    withdrawn = scene.proposed()
    scene.take(operations.withdraw, scene.organising, withdrawn)
    with database.reading() as session:
        assert [action.id for action in session.scalars(select(Action).where(queries.is_public()))] == [
            shown.id
        ]


def test_agreeing_to_a_suggested_date_is_a_yes_with_that_date(scene, mails):
    action = scene.proposed()
    later = action.due_on + timedelta(60)
    action = scene.take(operations.suggest_date, scene.owning, action, later, "The ground is frozen.")
    assert (action.state, action.suggested_due_on, action.reply) == (
        ActionState.NEW_DATE,
        later,
        "The ground is frozen.",
    )
    assert "The ground is frozen." in mails()[-1].text
    action = scene.take(operations.accept_suggested_date, scene.organising, action)
    assert (action.state, action.due_on, action.suggested_due_on) == (ActionState.ACCEPTED, later, None)
    assert rules.is_public(action)
    assert mails()[-1].to == scene.owner.email


def test_keeping_the_date_asks_the_owner_again(scene, mails):
    action = scene.proposed()
    scene.take(operations.suggest_date, scene.owning, action, action.due_on + timedelta(60), "")
    action = scene.take(operations.keep_date, scene.organising, action)
    assert (action.state, action.suggested_due_on) == (ActionState.PROPOSED, None)
    assert mails()[-1].to == scene.owner.email
    assert "/actions/by-link/" in mails()[-1].text


def test_an_owner_at_work_who_asks_for_more_time_stays_public_and_at_work(scene, read):
    action = scene.accepted()
    scene.take(operations.start, scene.owning, action)
    later = action.due_on + timedelta(20)
    action = scene.take(operations.suggest_date, scene.owning, action, later, "Wrong poles came.")
    assert (action.state, action.suggested_due_on) == (ActionState.UNDER_WAY, later)
    assert rules.is_public(action)
    assert not changes(read)[-1].is_public
    action = scene.take(operations.accept_suggested_date, scene.organising, action)
    assert (action.state, action.due_on) == (ActionState.UNDER_WAY, later)
    assert changes(read)[-1].is_public


def test_a_no_needs_a_reason(scene):
    action = scene.proposed()
    with pytest.raises(Invalid):
        scene.take(operations.decline, scene.owning, action, "  ")
    assert scene.now(action).state is ActionState.PROPOSED


def test_after_a_no_somebody_else_can_be_asked(scene, mails):
    action = scene.proposed()
    scene.take(operations.decline, scene.owning, action, "Not our road.")
    other = scene.new_owner()
    day = action.due_on + timedelta(5)
    action = scene.take(operations.propose_anew, scene.organising, action, other.id, day)
    assert (action.state, action.owner_id, action.due_on, action.reply) == (
        ActionState.PROPOSED,
        other.id,
        day,
        "",
    )
    assert mails()[-1].to == other.email
    with pytest.raises(NotAllowed):
        scene.take(operations.accept, scene.owning, action)
    scene.take(operations.accept, actor_of(scene.partner_of(other)), action)


def test_finishing_needs_an_outcome_and_an_end(scene, read):
    action = scene.accepted()
    with pytest.raises(Invalid) as empty:
        scene.take(operations.finish, scene.owning, action, ActionState.DONE, Translated())
    assert empty.value.field == "outcome"
    with pytest.raises(Invalid) as wrong:
        scene.take(operations.finish, scene.owning, action, ActionState.ACCEPTED, SAID)
    assert wrong.value.field == "state"
    action = scene.take(operations.finish, scene.owning, action, ActionState.PARTLY_DONE, SAID)
    assert (action.state, action.outcome, action.ended_on) == (ActionState.PARTLY_DONE, SAID, clock.today())
    assert changes(read)[-1].public_text == SAID


def test_what_was_finished_too_early_can_be_taken_up_again(scene):
    action = scene.accepted()
    scene.take(operations.finish, scene.owning, action, ActionState.DONE, SAID)
    action = scene.take(operations.reopen, scene.owning, action)
    assert (action.state, action.ended_on, bool(action.outcome)) == (ActionState.UNDER_WAY, None, False)


def test_an_internal_update_is_not_told_to_residents(scene, read, database):
    action = scene.accepted()
    scene.take(operations.report, scene.owning, action, SAID, False)
    scene.take(operations.report, scene.owning, action, Translated(en="The lamps are up."), True)
    assert [change.is_public for change in changes(read)[-2:]] == [False, True]
    with database.reading() as session:
        told = queries.public_updates(session.get_one(Action, action.id))
        assert [str(update.text) for update in told] == ["The lamps are up."]


def test_making_an_action_internal_takes_it_from_the_public_pages(scene, read):
    action = scene.accepted()
    version = read(select(Dialogue.version))[0]
    action = scene.take(operations.show, scene.organising, action, True)
    assert not rules.is_public(action)
    assert read(select(Dialogue.version)) == [version + 1]
    assert not changes(read)[-1].is_public


STEPS = {
    Step.ACCEPT: (operations.accept, ()),
    Step.SUGGEST_DATE: (operations.suggest_date, (clock.today() + timedelta(50), "")),
    Step.DECLINE: (operations.decline, ("No.",)),
    Step.START: (operations.start, ()),
    Step.REOPEN: (operations.reopen, ()),
    Step.REPORT: (operations.report, (SAID, True)),
    Step.FINISH: (operations.finish, (ActionState.DONE, SAID)),
    Step.ACCEPT_DATE: (operations.accept_suggested_date, ()),
    Step.KEEP_DATE: (operations.keep_date, ()),
    Step.SHOW: (operations.show, (True,)),
    Step.WITHDRAW: (operations.withdraw, ()),
}


@pytest.mark.parametrize("state", list(ActionState))
def test_no_step_works_outside_the_table(scene, state):
    action = scene.proposed()
    with scene.make.session() as session:
        session.get_one(Action, action.id).state = state
        session.commit()
    everything = scene.make.actor(Role.ADMINISTRATOR)
    for step, (operation, values) in STEPS.items():
        if not rules.is_possible(scene.now(action), step):
            with pytest.raises(Closed):
                scene.take(operation, everything, action, *values)
    assert scene.now(action).state is state


def test_each_side_takes_only_its_own_steps(scene):
    action = scene.accepted()
    for operation, values in (STEPS[Step.START], STEPS[Step.FINISH], STEPS[Step.SUGGEST_DATE]):
        with pytest.raises(NotAllowed):
            scene.take(operation, scene.organising, action, *values)
    for operation, values in (STEPS[Step.SHOW], STEPS[Step.KEEP_DATE], STEPS[Step.WITHDRAW]):
        with pytest.raises(NotAllowed):
            scene.take(operation, scene.owning, action, *values)


def test_another_partner_and_a_facilitator_can_do_nothing(scene):
    action = scene.accepted()
    stranger = actor_of(scene.partner_of(scene.new_owner()))
    facilitator = scene.make.actor(Role.FACILITATOR, ScopeKind.DIALOGUE, scene.dialogue.id)
    for who in (stranger, facilitator):
        for operation, values in STEPS.values():
            with pytest.raises(NotAllowed):
                scene.take(operation, who, action, *values)
    assert scene.now(action).revision == 2


def test_a_partner_cannot_propose(scene):
    with scene.make.database.writing() as session, pytest.raises(NotAllowed):
        operations.propose(session, scene.owning, session.merge(scene.dialogue), scene.draft())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": Translated()}, "title"),
        ({"why": Translated()}, "why"),
        ({"title": words("x" * 200)}, "title"),
        ({"owner_role": words("x" * 200)}, "owner_role"),
        ({"due_on": clock.today() - timedelta(1)}, "due_on"),
        ({"due_on": clock.today() + timedelta(9999)}, "due_on"),
        ({"owner_id": 999_999}, "owner"),
    ],
)
def test_a_draft_with_a_wrong_value_is_refused_at_its_field(scene, values, field):
    with scene.make.database.writing() as session, pytest.raises(Invalid) as refused:
        operations.propose(session, scene.organising, session.merge(scene.dialogue), scene.draft(**values))
    assert refused.value.field == field


def test_an_organisation_of_another_municipality_cannot_be_asked(scene):
    far = scene.make.organisation(municipality_id=scene.make.municipality().id)
    with scene.make.database.writing() as session, pytest.raises(Invalid):
        operations.propose(
            session, scene.organising, session.merge(scene.dialogue), scene.draft(owner_id=far.id)
        )


def test_the_same_form_sent_twice_asks_once(scene, mails, read):
    first = scene.proposed(submission_key="abc")
    second = scene.proposed(submission_key="abc")
    assert first.id == second.id
    assert read(select(func.count(Action.id))) == [1]
    assert len(mails()) == 1


def test_a_second_click_changes_nothing_more(scene, mails, read):
    action = scene.proposed()
    scene.take(operations.accept, scene.owning, action, revision=1)
    told = len(mails())
    scene.take(operations.accept, scene.owning, action, revision=1)
    scene.take(operations.report, scene.owning, action, SAID, True, revision=2)
    scene.take(operations.report, scene.owning, action, SAID, True, revision=2)
    assert scene.now(action).revision == 3
    assert len(mails()) == told
    assert read(select(func.count(Update.id))) == [1]


def test_of_two_who_answer_at_once_the_second_is_told(scene):
    action = scene.proposed()
    scene.take(operations.accept, scene.owning, action, revision=1)
    with pytest.raises(Changed):
        scene.take(operations.decline, scene.owning, action, "No.", revision=1)
    assert scene.now(action).state is ActionState.ACCEPTED


def test_every_change_by_staff_is_in_the_audit(scene, read):
    scene.accepted()
    entries = read(select(AuditEntry).where(AuditEntry.subject_kind == "action").order_by(AuditEntry.id))
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("propose", scene.organiser.id),
        ("accept", scene.partner.id),
    ]


def test_what_is_typed_cannot_become_a_link_in_a_mail(scene, mails):
    action = scene.proposed()
    scene.take(
        operations.decline,
        scene.owning,
        action,
        "[Click](https://evil.example) <a href='https://evil.example'>x</a>",
    )
    assert 'href="https://evil.example' not in mails()[-1].html
    assert "‹a href=" in mails()[-1].html


def test_an_owner_without_an_address_is_asked_without_mail(scene, mails):
    silent = scene.new_owner(email="")
    assert scene.proposed(owner_id=silent.id).state is ActionState.PROPOSED
    assert mails() == []


def test_nobody_can_promise_a_date_that_has_passed(scene):
    action = scene.proposed(due_on=clock.today() + timedelta(3))
    clock.move_to(timedelta(days=5))
    with pytest.raises(Closed):
        scene.take(operations.accept, scene.owning, action)
    later = clock.today() + timedelta(2)
    scene.take(operations.suggest_date, scene.owning, action, later, "")
    clock.move_to(timedelta(days=10))
    with pytest.raises(Closed):
        scene.take(operations.accept_suggested_date, scene.organising, action)
    assert not rules.is_public(scene.now(action))


def test_a_yes_and_a_no_at_the_same_moment_are_not_both_taken(scene):
    action = scene.proposed()
    barrier = threading.Barrier(2)
    outcomes = []

    def run(operation, *values):
        with scene.make.database.write_session() as session:
            if not scene.make.database.is_sqlite:
                # Both have read the action before either changes it.
                current = scene.again(action.id, session)
                barrier.wait()
            else:
                barrier.wait()
                current = scene.again(action.id, session)
            try:
                operation(session, scene.owning, current, 1, *values)
                session.commit()
                outcomes.append("taken")
            except Changed:
                outcomes.append("told")

    threads = [
        threading.Thread(target=run, args=(operations.accept,)),
        threading.Thread(target=run, args=(operations.decline, "No.")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["taken", "told"]
    assert scene.now(action).revision == 2

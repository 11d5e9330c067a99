"""You said – we did, as anybody reads it: of a dialogue, a municipality and a police district."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from dialogue.actions.models import Action, ActionState
from dialogue.base import clock
from dialogue.dialogues import contributions
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState
from dialogue.followup import helped
from dialogue.followup.models import BodyPower, Decision, DecisionOutcome, DecisionReason, Help
from dialogue.places.models import Organisation
from dialogue.reporting import jobs


def figure(page, label):
    """The number that stands with a label."""
    for stat in page.html.select(".stat"):
        if stat.select_one(".stat__label").get_text(" ", strip=True) == label:
            return stat.select_one(".stat__number").get_text(" ", strip=True)
    raise AssertionError(f"no figure “{label}”: {page.text[:400]}")


def pages_of(a_round):
    place = a_round.dialogue.municipality
    return (
        f"/en/dialogues/{a_round.dialogue.code}/what-came-of-it",
        f"/en/municipalities/{place.slug}",
        f"/en/districts/{place.district.slug}",
    )


def change(a_round, table, **values):
    with a_round.make.database.writing() as session:
        session.execute(update(table).values(**values))
        contributions.raise_version(session, a_round.dialogue.id)


def test_what_was_heard_and_done_is_counted_on_all_three_pages(client, a_round):
    theme = a_round.theme("Light", *(a_round.idea(f"Lights {number}") for number in range(3)))
    a_round.idea("Not placed")
    a_round.action(a_round.decide(theme))
    a_round.theme("Benches", a_round.idea("Bench"))
    for path in pages_of(a_round):
        page = client.get(path)
        assert page.status == 200
        assert figure(page, "Ideas") == "5"
        assert figure(page, "Actions under way") == "1"
        assert figure(page, "Actions done") == "0"
        assert figure(page, "Themes without an answer yet") == "1"


def test_a_no_is_counted_as_openly_as_what_was_done_and_says_why(client, a_round):
    a_round.decide(
        a_round.theme("Pool", a_round.idea()), DecisionOutcome.NOT_NOW, reason=DecisionReason.MONEY
    )
    for path in pages_of(a_round):
        page = client.get(path)
        assert figure(page, "Themes with a no") == "1"
        assert "There is no money for it now" in page.text
        assert "We do it (en)" in page.text, "the explanation in full"


def test_a_decision_that_is_not_public_yet_is_counted_nowhere(client, a_round):
    theme = a_round.theme("Pool", a_round.idea())
    a_round.decide(theme, DecisionOutcome.NOT_NOW, reason=DecisionReason.MONEY, is_held=True)
    for path in pages_of(a_round):
        page = client.get(path)
        assert figure(page, "Themes with a no") == "0"
        assert figure(page, "Themes without an answer yet") == "1"
        assert "no money" not in page.text


def test_what_a_body_recommends_answers_nobody(client, a_round):
    theme = a_round.theme("Pool", a_round.idea())
    decision = a_round.decide(theme)
    with a_round.make.database.writing() as session:
        session.get_one(Decision, decision.id).body.power = BodyPower.RECOMMENDS
        contributions.raise_version(session, a_round.dialogue.id)
    for path in pages_of(a_round):
        assert figure(client.get(path), "Themes without an answer yet") == "1"


@pytest.mark.parametrize(("said", "shown"), [(True, "1"), (None, "0"), (False, "0")])
def test_an_action_is_late_only_where_its_owner_lets_it_be_shown(client, a_round, said, shown):
    action = a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    change(a_round, Action, due_on=clock.today() - timedelta(1))
    change(a_round, Organisation, shows_lateness=said)
    assert action.owner_id != a_round.dialogue.organiser_id
    for path in pages_of(a_round):
        assert figure(client.get(path), "Late") == shown


def test_the_promised_day_that_has_passed_without_an_answer_is_late(client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    change(a_round, Dialogue, answer_by=clock.today() - timedelta(1))
    for path in pages_of(a_round):
        assert figure(client.get(path), "Late") == "1"
    a_round.decide(theme)
    for path in pages_of(a_round):
        assert figure(client.get(path), "Late") == "0"


def test_shares_of_few_are_not_told(client, a_round):
    theme = a_round.theme("Light", *(a_round.idea(f"Lights {number}") for number in range(4)))
    a_round.decide(theme)
    page = client.get(pages_of(a_round)[0])
    assert figure(page, "Ideas with an answer") == "too few to say"
    assert figure(page, "Until an answer, for the middle idea") == "too few to say"
    a_round.place(theme, a_round.idea("A fifth"))
    page = client.get(pages_of(a_round)[0])
    assert figure(page, "Ideas with an answer") == "100%"
    assert figure(page, "Until an answer, for the middle idea") == "0 days"


def test_half_of_the_ideas_had_their_answer_within_the_middle_days(client, a_round):
    ideas = [a_round.idea(f"Lights {number}") for number in range(5)]
    with a_round.make.database.writing() as session:
        for days, idea in zip((1, 2, 9, 30, 40), ideas, strict=True):
            session.get_one(Contribution, idea.contribution_id).received_at = clock.now() - timedelta(days)
    a_round.decide(a_round.theme("Light", *ideas))
    for path in pages_of(a_round):
        assert figure(client.get(path), "Until an answer, for the middle idea") == "9 days"


def test_actions_on_time_are_those_done_by_their_date(client, a_round):
    decision = a_round.decide(a_round.theme("Light", a_round.idea()))
    actions = [a_round.action(decision) for _ in range(6)]
    change(a_round, Organisation, shows_lateness=True)
    today = clock.today()
    with a_round.make.database.writing() as session:
        for number, action in enumerate(actions):
            found = session.get_one(Action, action.id)
            found.due_on = today - timedelta(5)
            found.state = ActionState.DONE if number < 4 else ActionState.UNDER_WAY
            found.ended_on = today - timedelta(6 if number < 3 else 1) if number < 4 else None
        session.get_one(Action, actions[5].id).due_on = today + timedelta(5)
        contributions.raise_version(session, a_round.dialogue.id)
    page = client.get(pages_of(a_round)[0])
    assert figure(page, "Actions on time") == "60%", "three of five; the sixth is not due"
    assert "3 of 5" in page.text


def hear(a_round, action, **said):
    """Let residents say so often of an action whether it helped."""
    with a_round.make.database.writing() as session:
        session.execute(update(Action).where(Action.id == action.id).values(state=ActionState.DONE))
        found = session.get_one(Action, action.id)
        for answer, number in said.items():
            for voter in range(number):
                helped.answer(session, found, f"{answer} {voter}", Help(answer), "", "en")


def test_what_residents_say_of_what_is_done_is_summed_on_all_three_pages(client, a_round):
    for title in ("Light", "Benches"):
        action = a_round.action(a_round.decide(a_round.theme(title, a_round.idea())))
        hear(a_round, action, yes=3, partly=1, not_noticed=1)
    a_round.make.dialogue(municipality_id=a_round.dialogue.municipality_id)
    for path in pages_of(a_round):
        page = client.get(path)
        assert figure(page, "Say that it helped") == "60%"
        assert "Residents say: 6 yes, 2 partly, 0 no, 2 not noticed." in page.text


def test_of_few_answers_it_is_not_told_what_residents_say_of_it_all(client, a_round):
    hear(a_round, a_round.action(a_round.decide(a_round.theme("Light", a_round.idea()))), yes=4)
    for path in pages_of(a_round):
        page = client.get(path)
        assert figure(page, "Say that it helped") == "too few to say"
        assert "Residents say" not in page.html.select_one("#pace").get_text()


@pytest.mark.parametrize("changed", [{"is_internal": True}, {"state": ActionState.UNDER_WAY}])
def test_what_residents_say_of_what_is_internal_or_not_done_after_all_is_summed_nowhere(
    client, a_round, changed
):
    hear(a_round, a_round.action(a_round.decide(a_round.theme("Light", a_round.idea()))), yes=6)
    change(a_round, Action, **changed)
    for path in pages_of(a_round):
        assert "Say that it helped" not in [
            label.get_text(" ", strip=True) for label in client.get(path).html.select(".stat__label")
        ]


def test_every_figure_is_defined_on_the_page(client, a_round):
    a_round.idea()
    for path in pages_of(a_round):
        page = client.get(path)
        defined = page.html.select_one(".definitions").get_text(" ")
        labels = [label.get_text(" ", strip=True) for label in page.html.select(".stat__label")]
        assert labels
        assert [label for label in labels if label not in defined] == []


def test_a_district_names_its_municipalities_by_name_and_gives_them_no_numbers(client, make):
    district = make.district()
    for name in ("Ås", "Vestby", "Ørsta"):
        make.dialogue(municipality_id=make.municipality(district_id=district.id, name=name).id)
    make.municipality(district_id=district.id, name="Silent")
    page = client.get(f"/en/districts/{district.slug}")
    listed = page.html.select_one("#municipalities .name-list")
    assert [one.get_text() for one in listed.find_all("li")] == ["Vestby", "Ørsta", "Ås"]


def test_a_municipality_without_a_dialogue_says_what_to_do_and_is_listed_nowhere(client, make):
    silent = make.municipality(name="Silent")
    loud = make.dialogue().municipality
    page = client.get(f"/en/municipalities/{silent.slug}")
    assert "There has been no dialogue here yet" in page.text
    places = client.get(page.link("See where there are dialogues"))
    assert "Silent" not in places.text
    assert loud.name in places.text
    assert client.get(f"/en/districts/{silent.district.slug}").status == 200
    assert client.get("/en/municipalities/nowhere").status == 404
    assert client.get("/en/districts/nowhere").status == 404


def test_a_municipality_is_found_by_its_number_as_well(client, make):
    place = make.dialogue().municipality
    assert place.name in client.get(f"/en/municipalities/{place.number}").heading


def test_a_draft_is_counted_nowhere(client, a_round):
    a_round.idea()
    change(a_round, Dialogue, state=DialogueState.DRAFT)
    dialogue, municipality, district = pages_of(a_round)
    assert client.get(dialogue).status == 404
    for path in (municipality, district):
        assert "There has been no dialogue here yet" in client.get(path).text


def test_the_pages_are_kept_and_made_anew_when_something_changes(client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    for path in pages_of(a_round):
        first = client.get(path).response.headers["ETag"]
        assert client.get(path).response.headers["ETag"] == first
    before = {path: client.get(path).response.headers["ETag"] for path in pages_of(a_round)}
    a_round.decide(theme)
    for path, etag in before.items():
        assert client.get(path).response.headers["ETag"] != etag, path


def test_a_page_takes_as_many_statements_however_much_there_is(client, a_round, counting, house):
    def taken():
        found = []
        for path in pages_of(a_round):
            house.pages.clear()
            with counting() as statements:
                assert client.get(path).status == 200
            found.append(len(statements))
        return found

    a_round.action(a_round.decide(a_round.theme("Light", a_round.idea())))
    few = taken()
    for number in range(6):
        decision = a_round.decide(a_round.theme(f"Theme {number}", a_round.idea(), a_round.idea()))
        for _ in range(7):
            a_round.action(decision)
    for _ in range(3):
        a_round.make.idea(
            a_round.make.board(a_round.make.dialogue(municipality_id=a_round.dialogue.municipality_id))
        )
    assert taken() == few
    # Fourteen count what is not counted yet and six more the flow, what was left out among it; the job does both
    # otherwise.
    assert max(few) <= 29
    jobs.count_anew(a_round.make.database)
    assert max(taken()) <= 13


def test_of_many_actions_the_first_few_stand_on_the_page_with_how_many_more(client, a_round):
    decision = a_round.decide(a_round.theme("Light", a_round.idea()))
    for _ in range(7):
        a_round.action(decision)
    page = client.get(pages_of(a_round)[0])
    assert len(page.html.select("#main .action-row")) == 5
    assert "And 2 more actions" in page.text


def test_the_pages_are_reached_by_links_from_the_front_page_on(client, a_round):
    dialogue = a_round.dialogue
    front = client.get("/en/")
    places = client.get(front.link("You said – we did"))
    municipality = client.get(places.link(dialogue.municipality.name))
    district = client.get(municipality.link(str(dialogue.municipality.district.name.get("en"))))
    assert client.get(district.link(dialogue.municipality.name)).heading == municipality.heading
    story = client.get(municipality.link(str(dialogue.title.get("en"))))
    assert story.heading == "You said – we did"
    assert client.get(story.link(dialogue.municipality.name)).heading == municipality.heading
    page = client.get(f"/en/dialogues/{dialogue.code}")
    assert client.get(page.link("The whole story")).heading == story.heading
    assert (
        client.get(page.link(f"You said – we did: {dialogue.municipality.name}")).heading
        == municipality.heading
    )

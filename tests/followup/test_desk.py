"""The chain at the desk: themes, decisions, the brief."""

import pytest
from sqlalchemy import select

from dialogue.actions.models import Action, ActionState
from dialogue.dialogues.models import ContributionState
from dialogue.followup import themes
from dialogue.followup.models import (
    Decision,
    DecisionAction,
    DecisionOutcome,
    Theme,
    ThemeContribution,
)
from dialogue.people.models import UserGrant
from dialogue.web.permissions import Role, ScopeKind


@pytest.fixture
def desk(client, make, a_round):
    """The browser of an organiser of the dialogue."""
    return client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, a_round.dialogue.id))


def themes_url(a_round) -> str:
    return f"/en/desk/dialogues/{a_round.dialogue.code}/themes"


def test_a_theme_is_made_and_ideas_are_put_into_it_without_script(desk, a_round, read):
    first, second = a_round.idea("Lights"), a_round.idea("Benches")
    page = desk.get(themes_url(a_round))
    assert desk.send(page, {"title-nb": "Lys"}, action="/themes").status == 422
    page = desk.send(page, {"title-nb": "Lys", "title-nn": "Ljos"}, action="/themes")
    assert read(select(Theme.position)) == [1]
    theme = read(select(Theme))[0]
    page = desk.send(
        page,
        {"chosen": [first.contribution.code, second.contribution.code], "theme": theme.code},
        action="/place",
    )
    assert "2 contributions placed in “Lys”." in page.text
    assert "Everything is placed" in page.text
    assert sorted(read(select(ThemeContribution.contribution_id))) == [
        first.contribution_id,
        second.contribution_id,
    ]


def test_only_published_ideas_wait_to_be_placed(desk, a_round):
    for state in (ContributionState.RECEIVED, ContributionState.RETURNED, ContributionState.WITHDRAWN):
        a_round.idea(f"Hidden {state}", state)
    assert "Hidden" not in desk.get(themes_url(a_round)).text


def test_an_idea_is_moved_to_another_theme_and_out_of_every_theme(desk, a_round, read):
    idea = a_round.idea()
    light, rest = a_round.theme("Light", idea), a_round.theme("Rest")
    page = desk.get(f"/en/desk/themes/{light.code}")
    desk.send(page, {"chosen": [idea.contribution.code], "theme": rest.code}, action="/regroup")
    present = select(ThemeContribution.theme_id).where(ThemeContribution.removed_at.is_(None))
    assert read(present) == [rest.id]
    page = desk.get(f"/en/desk/themes/{rest.code}")
    desk.send(page, {"chosen": [idea.contribution.code], "theme": ""}, action="/regroup")
    assert read(present) == []
    assert len(read(select(ThemeContribution.id))) == 2


def test_nothing_chosen_says_so_and_changes_nothing(desk, a_round):
    a_round.idea()
    theme = a_round.theme()
    page = desk.send(desk.get(themes_url(a_round)), {"theme": theme.code}, action="/place")
    assert "Choose at least one contribution." in page.text


def test_themes_are_merged_after_a_question_and_the_emptied_one_can_be_taken_back(desk, a_round, read):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    page = desk.get(f"/en/desk/themes/{light.code}")
    asked = desk.send(page, {"target": rest.code, "confirmed": "no"}, action="/merge")
    assert "Merge the themes?" in asked.text
    assert read(select(Theme.retired_at).where(Theme.id == light.id)) == [None]
    page = desk.send(page, {"target": rest.code}, action="/merge")
    assert page.heading == "Rest (en)"
    assert "What was given (2)" in page.text
    page = desk.get(f"/en/desk/themes/{light.code}")
    desk.send(page, action="/restore")
    assert read(select(Theme.retired_at).where(Theme.id == light.id)) == [None]


def test_two_themes_that_the_same_body_decided_about_are_not_merged(desk, a_round, read):
    light, rest = a_round.theme("Light", a_round.idea()), a_round.theme("Rest", a_round.idea())
    a_round.decide(light)
    a_round.decide(rest, DecisionOutcome.NOT_NOW)
    page = desk.send(desk.get(f"/en/desk/themes/{light.code}"), {"target": rest.code}, action="/merge")
    assert "The same body has decided about both themes" in page.text
    assert read(select(Theme.retired_at).where(Theme.id == light.id)) == [None]


def test_only_an_empty_undecided_theme_can_be_put_away(desk, a_round, read):
    full, empty = a_round.theme("Full", a_round.idea()), a_round.theme("Empty")
    desk.send(desk.get(f"/en/desk/themes/{empty.code}"), action="/retire")
    refused = desk.post(f"/en/desk/themes/{full.code}/retire", {"csrf_token": token(desk, a_round)})
    assert "Only a theme that gathers nothing and has no decision" in refused.text
    assert read(select(Theme.code).where(Theme.retired_at.is_not(None))) == [empty.code]


def token(desk, a_round) -> str:
    return desk.get(themes_url(a_round)).html.select_one("input[name=csrf_token]")["value"]


def test_themes_change_places(desk, a_round, read):
    first, second = a_round.theme("First"), a_round.theme("Second")
    page = desk.get(themes_url(a_round))
    desk.send(page, action=f"/themes/{second.code}/move")
    assert read(select(Theme.code).order_by(Theme.position)) == [second.code, first.code]


def test_a_theme_that_was_put_away_meanwhile_changes_place_with_none(desk, a_round):
    away = a_round.theme("Away")
    a_round.theme("Other")
    page = desk.get(themes_url(a_round))
    a_round.do(themes.retire, away)
    page = desk.send(page, action=f"/themes/{away.code}/move")
    assert "This theme has been put away." in page.text


def decision_values(**values: str) -> dict[str, object]:
    texts = {
        f"{name}-{code}": f"{name} {code}"
        for name in ("explanation", "new_name")
        for code in ("nb", "nn", "en")
    }
    return {"body": "0", "new_power": "decides", "outcome": "not_forward", "reason": "law", **texts, **values}


def test_a_decision_is_public_at_once_with_its_reason(desk, client, a_round, house):
    theme = a_round.theme("Cameras", a_round.idea("Cameras by the school"))
    public = f"/en/themes/{theme.code}"
    assert "Not decided yet" in client.get(public).text
    page = desk.get(f"/en/desk/themes/{theme.code}/decide")
    page = desk.send(page, decision_values())
    assert "The decision is public now" in page.text
    shown = client.get(public).text
    for words in (
        "Not taken forward",
        "The law or privacy stands against it",
        "explanation en",
        "new_name en",
    ):
        assert words in shown


def test_a_decision_needs_its_explanation_in_both_forms_of_norwegian(desk, a_round, read):
    theme = a_round.theme()
    page = desk.get(f"/en/desk/themes/{theme.code}/decide")
    page = desk.send(page, decision_values(**{"explanation-nn": ""}))
    assert page.status == 422
    assert any("Nynorsk" in error for error in page.errors)
    assert "explanation nb" in page.response.text
    assert read(select(Decision.id)) == []


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"outcome": "pass_on", "reason": "others_task"}, "Choose who it is passed on to."),
        ({"decided_on": "2090-01-01"}, "cannot be dated ahead"),
        ({"outcome": "maybe"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_in_a_decision_is_said_and_nothing_is_stored(desk, a_round, read, values, error):
    theme = a_round.theme()
    page = desk.send(desk.get(f"/en/desk/themes/{theme.code}/decide"), decision_values(**values))
    assert page.status == 422
    assert any(error in line for line in page.errors), page.errors
    assert read(select(Decision.id)) == []


def test_a_second_click_decides_once(desk, a_round, read):
    theme = a_round.theme()
    page = desk.get(f"/en/desk/themes/{theme.code}/decide")
    desk.send(page, decision_values())
    desk.send(page, decision_values())
    assert len(read(select(Decision.id))) == 1


def test_a_new_decision_takes_the_place_of_the_earlier_which_stays_to_be_read(desk, client, a_round):
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme, DecisionOutcome.NOT_NOW)
    a_round.decide(theme, DecisionOutcome.TAKE_UP)
    shown = client.get(f"/en/themes/{theme.code}").text
    assert shown.index("Taken up") < shown.index("Decided earlier") < shown.index("Not now")


def test_an_action_is_proposed_from_a_decision_and_tied_to_it(desk, make, a_round, read):
    owner = make.organisation(municipality_id=a_round.dialogue.municipality_id)
    theme = a_round.theme("Light", a_round.idea())
    a_round.decide(theme)
    page = desk.get(f"/en/desk/themes/{theme.code}")
    page = desk.get(page.link("Propose an action"))
    values = {f"{name}-{code}": "Lights" for name in ("title", "why") for code in ("nb", "nn", "en")}
    sent = {**values, "owner": owner.id, "due_on": str(a_round.dialogue.answer_by)}
    assert desk.send(page, {**sent, "due_on": "2000-01-01"}).status == 422
    for _ in range(2):
        desk.send(page, sent)
    assert read(select(Action.state)) == [ActionState.PROPOSED]
    assert len(read(select(DecisionAction.id))) == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.LEADER, 200), (Role.ORGANISER, 200), (Role.FACILITATOR, 403), (Role.PARTNER, 403)],
)
def test_leaders_and_organisers_decide(client, make, a_round, role, status):
    theme = a_round.theme()
    client.sign_in(make.user(role, ScopeKind.DIALOGUE, a_round.dialogue.id))
    assert client.get(f"/en/desk/themes/{theme.code}/decide").status == status


def test_a_leader_sees_the_themes_and_does_not_regroup_them(client, make, a_round):
    theme = a_round.theme("Light", a_round.idea())
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id))
    page = client.get(f"/en/desk/themes/{theme.code}")
    assert "Write down the decision" in page.text
    assert "Move the chosen ideas" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/en/desk/dialogues/{dialogue}/themes",
        "/en/desk/themes/{theme}",
        "/en/desk/themes/{theme}/decide",
        "/en/desk/decisions/{decision}/actions/new",
        "/en/desk/dialogues/{dialogue}/brief",
    ],
)
def test_nothing_of_another_dialogue_is_known(client, make, a_round, path):
    theme = a_round.theme()
    decision = a_round.decide(theme)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    codes = {"dialogue": a_round.dialogue.code, "theme": theme.code, "decision": decision.code}
    assert client.get(path.format(**codes)).status == 404


def test_ideas_of_another_dialogue_are_never_placed(desk, make, a_round, read):
    other = make.idea(make.board())
    theme = a_round.theme("Light", a_round.idea())
    desk.post(
        f"/en/desk/dialogues/{a_round.dialogue.code}/place",
        {"csrf_token": token(desk, a_round), "theme": theme.code, "chosen": [other.contribution.code]},
    )
    assert other.contribution_id not in read(select(ThemeContribution.contribution_id))


def test_the_desk_shows_what_is_to_decide_and_to_place(desk, a_round):
    a_round.theme("Light", a_round.idea())
    a_round.idea("Benches")
    page = desk.get("/en/desk")
    assert "To decide" in page.text
    assert "To place under themes" in page.text
    assert page.link("Light (en)")


def test_what_is_decided_waits_no_more(desk, a_round):
    a_round.decide(a_round.theme("Light", a_round.idea()))
    assert "Light (en)" not in desk.get("/en/desk").text


def test_a_right_in_one_dialogue_gives_none_in_another(client, make, a_round):
    theme = a_round.theme("Light", a_round.idea())
    decision = a_round.decide(theme)
    user = make.user(Role.LEADER, ScopeKind.DIALOGUE, a_round.dialogue.id)
    elsewhere = UserGrant(
        user_id=user.id, role=Role.ORGANISER, scope_kind=ScopeKind.DIALOGUE, scope_id=make.dialogue().id
    )
    with make.database.writing() as session:
        session.add(elsewhere)
    client.sign_in(user)
    assert client.get(f"/en/desk/decisions/{decision.code}/actions/new").status == 403


def test_the_way_to_the_themes_is_called_the_same_wherever_it_stands(desk, a_round):
    links = desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}").html.main.find_all(
        "a", href=themes_url(a_round)
    )
    assert {link.get_text(strip=True) for link in links} == {"Gather the input under themes"}
    assert len(links) == 2


def test_a_dialogues_desk_names_the_first_themes_and_leads_to_them_all(desk, a_round):
    for number in range(9):
        a_round.theme(f"Theme {number}")
    page = desk.get(f"/en/desk/dialogues/{a_round.dialogue.code}")
    assert [f"Theme {number}" in page.text for number in range(9)] == [True] * 8 + [False]
    assert desk.get(page.link("See all 9 themes")).path == themes_url(a_round)

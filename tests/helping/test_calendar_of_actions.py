"""Help that is wanted stands in the calendar of actions, with how many have joined in."""

from datetime import date, datetime, time, timedelta

import pytest

from dialogue.base import clock
from dialogue.web.permissions import Role, ScopeKind
from tests.support.make import words

DAY = clock.today() + timedelta(7)
CALENDAR = f"/en/desk/actions/calendar?month={DAY:%Y-%m}"


def standing(page, day: date = DAY) -> list[str]:
    """What stands on a day, in words."""
    cell = page.html.find("time", datetime=day.isoformat()).find_parent("td")
    return [" ".join(line.get_text(" ", strip=True).split()) for line in cell.select("li")]


@pytest.mark.parametrize("who", ["partner", "organiser"])
def test_whoever_asks_for_help_sees_it_on_its_day_and_goes_on_to_who_joins_in(client, scene, who):
    scene.join(scene.slot(DAY))
    client.sign_in(getattr(scene, who))
    page = client.get(CALENDAR)
    assert standing(page) == ["Walk along the beach (en) Join in · 20:00 · 1 of 4 places are taken."]
    assert "Kari" in client.get(page.link("Walk along the beach (en)")).text


def test_whoever_only_sees_the_dialogue_sees_how_many_and_not_who(client, scene, make):
    slot = scene.slot(DAY)
    client.sign_in(make.user(Role.LEADER, ScopeKind.DIALOGUE, scene.dialogue.id))
    page = client.get(CALENDAR)
    assert "0 of 4 places are taken" in standing(page)[0]
    assert slot.code not in page.response.text


def test_help_with_actions_of_others_stands_in_nobody_elses_calendar(client, scene, make):
    scene.slot(DAY)
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, make.dialogue().id))
    assert standing(client.get(CALENDAR)) == []


def test_what_is_cancelled_or_among_no_choice_does_not_stand_there(client, scene):
    scene.cancel(scene.slot(DAY))
    client.sign_in(scene.organiser)
    assert standing(client.get(CALENDAR)) == []
    scene.slot(DAY)
    assert len(standing(client.get(CALENDAR))) == 1
    assert standing(client.get(f"{CALENDAR}&words=lamps")) == []


def test_of_a_crowded_day_the_first_stand_there_and_how_many_more_there_are(client, scene):
    for hour in (21, 17, 18, 19, 20, 22):
        scene.slot(what=words(f"At {hour}"), starts_local=datetime.combine(DAY, time(hour)))
    client.sign_in(scene.organiser)
    lines = standing(client.get(CALENDAR))
    assert [line.split(" (")[0] for line in lines] == ["At 17", "At 18", "At 19", "At 20", "and 2 more"]


def test_the_calendar_takes_as_many_statements_however_much_help_is_wanted(client, scene, counting):
    client.sign_in(scene.organiser)
    scene.slot(DAY)

    def number() -> int:
        with counting() as asked:
            client.get(CALENDAR)
        return len(asked)

    before = number()
    scene.action = scene.accepted()
    for _times in range(5):
        scene.slot(DAY)
    assert number() == before

"""Filters that are kept under a name."""

import pytest
from sqlalchemy import select

from dialogue.actions.models import SavedView
from dialogue.actions.work import keeping
from dialogue.base.errors import Invalid
from dialogue.people.queries import actor_of
from tests.actions.work.conftest import LIST


def keep(client, query, name, **values):
    return client.send(client.get(f"{LIST}{query}"), {"name": name, **values}, action="filters/new")


def test_a_filter_is_saved_used_renamed_and_deleted(client, scene, add, read):
    add(scene, "Lights", -2)
    add(scene, "Paint")
    client.sign_in(scene.organiser)
    page = keep(client, "/board?late=yes&words=li", "What is late")
    assert page.path == f"{LIST}/board"
    assert "Paint (en)" not in page.text
    used = client.get(client.get(LIST).link("What is late"))
    assert used.path == f"{LIST}/board"
    assert "Paint (en)" not in used.text
    filters = client.get(used.link("Change your filters"))
    form = client.get(filters.link("Rename"))
    filters = client.send(form, {"name": "Late ones"})
    assert "Late ones" in filters.text
    filters = client.send(filters, action="delete")
    assert "No filters yet" in filters.text
    assert read(select(SavedView.id)) == []


def test_the_list_begins_with_the_filter_that_opens_first(client, scene, add, read):
    add(scene, "Lights", -2)
    add(scene, "Paint")
    client.sign_in(scene.organiser)
    keep(client, "?late=yes", "Late", opens_first="y")
    keep(client, "?words=paint", "Paint")
    assert "Paint (en)" not in client.get(LIST).text
    everything = client.get(client.get(LIST).link("Show all"))
    assert "Paint (en)" in everything.text
    assert "Lights (en)" in everything.text
    filters = client.get(f"{LIST}/filters")
    client.send(filters, action="/filters/" + str(read(select(SavedView.id))[1]) + "/open-first")
    assert read(select(SavedView.name).where(SavedView.opens_first)) == ["Paint"]
    assert "Lights (en)" not in client.get(LIST).text
    client.send(client.get(f"{LIST}/filters"), action=f"{read(select(SavedView.id))[1]}/open-first")
    assert read(select(SavedView.name).where(SavedView.opens_first)) == []
    assert "Lights (en)" in client.get(LIST).text


def test_the_same_filter_sent_twice_is_kept_once_and_another_needs_another_name(client, scene, add, read):
    add(scene, "Lights", -2)
    client.sign_in(scene.organiser)
    for _click in range(2):
        assert keep(client, "?late=yes", "Late").status == 200
    refused = keep(client, "?words=lights", "Late")
    assert refused.status == 422
    assert refused.html.find("input", attrs={"name": "name"})["value"] == "Late"
    page = client.send(refused, {"name": "Lights"})
    assert page.status == 200
    assert sorted(read(select(SavedView.name))) == ["Late", "Lights"]
    form = client.get(f"{LIST}/filters/{read(select(SavedView.id).where(SavedView.name == 'Lights'))[0]}")
    taken = client.send(form, {"name": "Late"})
    assert taken.status == 422
    assert taken.errors == ["Name of the filter – You have a filter with this name. Choose another."]


def test_a_filter_is_its_owners_alone(client, scene, add, read):
    add(scene, "Lights", -2)
    client.sign_in(scene.organiser)
    keep(client, "?late=yes", "Mine", opens_first="y")
    view = read(select(SavedView.id))[0]
    client.sign_in(scene.partner)
    assert "Mine" not in client.get(LIST).text
    token = client.get(LIST).html.find("input", attrs={"name": "csrf_token"})["value"]
    assert client.get(f"{LIST}/filters/{view}").status == 404
    for what in ("", "/delete", "/open-first"):
        client.post(
            f"{LIST}/filters/{view}{what}", {"csrf_token": token, "confirmed": "yes", "name": "Taken"}
        )
    assert read(select(SavedView.name).where(SavedView.opens_first)) == ["Mine"]


@pytest.mark.parametrize("query", ["", "https://evil.example/", "state=<b>&seen=x&next=//evil", "a=b&" * 500])
def test_nothing_is_kept_but_a_choice(client, scene, add, read, query):
    add(scene, "Lights", -2)
    client.sign_in(scene.organiser)
    page = client.get(f"{LIST}?late=yes")
    client.send(page, {"name": "Odd", "query": query}, action="filters/new")
    assert set(read(select(SavedView.query))) <= {"seen=list"}


def test_there_is_an_end_to_how_many_are_kept(session, scene):
    actor = actor_of(scene.organiser)
    for number in range(keeping.MOST_VIEWS):
        keeping.keep_view(session, actor, f"Filter {number}", "late=yes", False)
    with pytest.raises(Invalid):
        keeping.keep_view(session, actor, "One more", "late=yes", False)
    keeping.keep_view(session, actor, "Filter 1", "late=yes", True)
    with pytest.raises(Invalid):
        keeping.rename_view(session, actor, keeping.views_of(session, actor)[0].id, "x" * 61)

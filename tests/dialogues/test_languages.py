"""In which languages the team writes what residents read, whatever the room."""

import pytest

from dialogue.web.permissions import Role, ScopeKind

PAGES = ["meetings/new", "boards/new", "surveys/new", "actions/propose", "themes", "team"]


def languages_asked_for(client, dialogue, page) -> dict[str, bool]:
    """The languages of the page's first text, each with whether it must be written."""
    form = client.get(f"/en/desk/dialogues/{dialogue.code}/{page}").form()
    fields = [field for field in form.find_all(["input", "textarea"]) if field.get("name", "")[-3:-2] == "-"]
    first = [field for field in fields if field["name"][:-3] == fields[0]["name"][:-3]]
    return {
        field["name"][-2:]: field.has_attr("required") or field.get("aria-required") == "true"
        for field in first
    }


@pytest.mark.parametrize("page", PAGES)
def test_texts_are_asked_for_in_the_languages_of_the_dialogue_only(client, make, page):
    dialogue = make.dialogue(languages=["nb", "nn"])
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    assert list(languages_asked_for(client, dialogue, page)) == ["nb", "nn"]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "surveys/new"])
def test_both_forms_of_norwegian_must_be_written_and_english_may_be(client, make, page):
    dialogue = make.dialogue(languages=["nb", "nn", "en"])
    client.sign_in(make.user(Role.ORGANISER, ScopeKind.DIALOGUE, dialogue.id))
    assert languages_asked_for(client, dialogue, page) == {"nb": True, "nn": True, "en": False}

"""What becomes what."""

import pytest

from dialogue.entering import becoming, reading
from dialogue.entering.becoming import Chosen
from dialogue.entering.models import Field, Problem

CHOSEN = Chosen(1, "Class A", "en", {"the way to school": 2, "skulevegen": 2})


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Tittel;Tekst;Gruppe", "title text label"),
        ("Overskrift;Innspel;Målform;Spørsmål", "title text language prompt"),
        ("Title;Text;Support;State;Published", "title text nothing nothing nothing"),
        # As Padlet writes it; who wrote it is not read at all.
        ("Subject;Body;Attachment;Section;Created at;Updated at;Likes", "title text link prompt nothing nothing nothing"),
        ("Dato;Hva folk sa", "nothing text"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(head, fields):
    sheet = reading.file(
        f"{head}\n{';'.join(['some words that were said'] * (head.count(';') + 1))}\n".encode()
    )
    assert [kind.value for kind in becoming.guess(sheet)] == fields.split()


@pytest.mark.parametrize(
    ("line", "title", "words"),
    [
        ("Lights – by the path", "Lights", "by the path"),
        ("Lights - by the path", "Lights", "by the path"),
        ("Lights\tby the path", "Lights", "by the path"),
        ("Self-driving buses", "", "Self-driving buses"),
        ("Open 10–12 on Sundays", "", "Open 10–12 on Sundays"),
        (f"{'long ' * 30}– end", "", f"{'long ' * 30}– end"),
    ],
)
def test_a_line_is_parted_at_a_tab_or_a_dash_between_blanks(line, title, words):
    became = becoming.become([line], [Field.LINE], CHOSEN)
    assert (became.title, became.text) == (title, words)


def test_a_row_takes_what_it_does_not_say_from_what_was_chosen():
    became = becoming.become(["Lights", "", ""], [Field.TITLE, Field.PROMPT, Field.LANGUAGE], CHOSEN)
    assert (became.column_id, became.label, became.language, became.problem) == (1, "Class A", "en", None)
    fields = [Field.TITLE, Field.PROMPT, Field.LANGUAGE, Field.LABEL]
    became = becoming.become(["Lys", "Skulevegen:", "Nynorsk", "Gruppe 4"], fields, CHOSEN)
    assert (became.column_id, became.label, became.language) == (2, "Gruppe 4", "nn")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["", "", "", ""], Problem.EMPTY),
        (["x" * 101, "", "", ""], Problem.LONG_TITLE),
        (["x", "x" * 1001, "", ""], Problem.LONG_TEXT),
        (["x", "", "The moon", ""], Problem.PROMPT),
        (["x", "", "", "x" * 61], Problem.LONG_LABEL),
        (["x", "", "", "Ola Hansen"], Problem.NAMED),
    ],
)
def test_what_is_wrong_with_a_row_is_said(cells, problem):
    fields = [Field.TITLE, Field.TEXT, Field.PROMPT, Field.LABEL]
    became = becoming.become(cells, fields, CHOSEN)
    assert became.problem is problem
    assert str(problem.label)


def test_links_and_likes_are_told_in_words_after_the_text():
    fields = [Field.TEXT, Field.LINK, Field.SUPPORT]
    link = "https://padlet.example/a.png"
    became = becoming.become(["Lights", f"see {link} javascript:alert(1)", "12 likes"], fields, CHOSEN)
    assert became.text == f"Lights\n\n{link}\n\n(12 people liked this where it was written first.)"
    assert becoming.become(["Lights", "", "0"], fields, CHOSEN).text == "Lights"


def test_what_the_guard_finds_waits():
    assert becoming.become(["Ring 99 88 77 66"], [Field.TEXT], CHOSEN).has_findings
    assert not becoming.become(["Lights"], [Field.TEXT], CHOSEN).has_findings

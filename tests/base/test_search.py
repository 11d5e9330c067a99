"""What is written is found by each of its words, and nothing that somebody types is a command."""

import pytest
from hypothesis import HealthCheck, example, given, settings as hypothesis_settings, strategies as st
from sqlalchemy import select, text

from dialogue.base import looked_for, search, stems
from dialogue.base.search import Document, SearchDocument

A_FEW = hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Gangveien", "ved", "skolen", "er", "mørk", "ikkje", "čáhci", "5e3x", "3d", "q", "qe5z"]
        ),
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=50),
    ),
    min_size=1,
    max_size=12,
)


def keep(session, words, key=1, within="here", language="nb", title=""):
    search.keep(session.connection(), [Document("thing", key, within, language, title, words)])


def found(session, typed, within="here", kind="thing"):
    query = looked_for.parse(typed)
    if query.is_empty:
        return []
    match = search.matching(session, kind, [within], query)
    return list(session.scalars(select(match.c.subject_id).order_by(match.c.rank)))


@A_FEW
@given(WORDS, st.sampled_from(["nb", "nn", "en", "se", "ar"]))
def test_a_text_is_found_by_each_of_its_words_and_by_all_of_them_in_a_row(database, words, language):
    with database.write_session() as session:
        keep(session, " ".join(words), language=language)
        for word in words:
            assert found(session, word) == [1], word
            assert found(session, word.upper()) == [1] or word.upper().casefold() != word.casefold()
            beginning = word[: max(2, len(word) // 2)]
            if len(stems.known_as(beginning)) >= 2 and stems.known_as(word).startswith(
                stems.known_as(beginning)
            ):
                assert found(session, beginning) == [1], beginning
        row = " ".join(words)[: looked_for.LONGEST_QUERY - 2].rsplit(" ", 1)[0]
        assert found(session, f'"{row}"') in ([1], [])
        assert found(session, f'"{words[0]}"') == [1]


@A_FEW
@given(st.text(max_size=150))
@example('"')
@example('" OR 1')
@example("lys AND")
@example("NEAR(a b)")
@example("words : lys")
@example("-lys ^lys lys* * ** (")
@example("lys' OR ''='")
@example("a & b | !c <-> d:* \\")
@example("%_\x00")
@example("qxhere")
def test_nothing_that_is_typed_breaks_a_search(database, typed):
    with database.write_session() as session:
        keep(session, "Lys på gangveien")
        assert found(session, typed) in ([], [1])


def test_the_word_of_a_place_finds_nothing(session):
    keep(session, "Lys på gangveien")
    assert found(session, "qxhere") == []


@A_FEW
@given(st.text(max_size=300), st.text(max_size=60))
def test_marking_changes_no_letter_and_lets_no_markup_through(words, typed):
    query = looked_for.parse(typed)
    marked = looked_for.marked(words, query)
    assert marked.replace("<mark>", "").replace("</mark>", "").unescape() == words or "mark" in words
    assert "<" not in str(marked).replace("<mark>", "").replace("</mark>", "")
    cut = looked_for.excerpt(words, query, 80)
    assert len(cut) <= 82


def test_all_words_must_be_there_and_the_last_may_be_begun(session):
    keep(session, "Lys på gangveien ved skolen", 1)
    keep(session, "Lys på stranda", 2)
    assert found(session, "lys skole") == [1]
    assert found(session, "lys skolegård") == []
    assert set(found(session, "ly")) == {1, 2}
    # A word in the middle is not begun.
    assert found(session, "ly skolen") == []


def test_a_phrase_is_found_as_it_stands(session):
    keep(session, "Lys på gangveien", 1)
    keep(session, "På gangveien lys", 2)
    assert found(session, '"lys på"') == [1]
    assert found(session, "«lys på»") == [1]
    assert found(session, '"gangvei"') == []
    # A mark that is not closed is none.
    assert set(found(session, '"gangvei')) == {1, 2}


def test_what_stands_in_the_title_comes_first(session):
    keep(session, "Mer lys om kvelden her", 1, title="Benker")
    keep(session, "Mer av det om kvelden her", 2, title="Lys")
    assert found(session, "lys") == [2, 1]


def test_only_what_lies_there_and_is_of_the_kind_is_found(session):
    keep(session, "Lys", 1, within="board1")
    keep(session, "Lys", 2, within="board12")
    assert found(session, "lys", "board1") == [1]
    assert found(session, "lys", "board12") == [2]
    assert found(session, "lys", "board1", "another") == []


def test_a_text_that_changes_is_found_by_its_new_words_only_and_one_without_words_not_at_all(session):
    keep(session, "Lys på gangveien")
    keep(session, "Benker på stranda")
    assert found(session, "lys") == []
    assert found(session, "benk") == [1]
    keep(session, " ", title="")
    assert found(session, "benk") == []
    assert session.scalars(select(SearchDocument)).all() == []


def test_what_was_removed_is_gone_from_the_file_after_tidying(database):
    with database.writing() as session:
        keep(session, "Hemmeligheten min")
    with database.writing() as session:
        search.forget(session.connection(), "thing", 1)
    search.tidy(database)
    if database.is_sqlite:
        with database.reading() as session:
            blocks = session.scalars(text("SELECT block FROM search_index_data")).all()
        assert not any(b"hemmelig" in block for block in blocks)


def test_everything_is_found_after_the_index_was_made_anew(session):
    documents = [Document("thing", key, "here", "nb", "", f"Lys {key}") for key in range(1200)]
    keep(session, "Old words", 5)
    assert search.rebuild(session, [search.Documents("thing", lambda _session: iter(documents))]) == 1200
    assert found(session, "old") == []
    assert found(session, "1199") == [1199]
    assert len(found(session, "lys")) == 1200


@pytest.mark.parametrize(
    ("words", "typed", "shown"),
    [
        ("Gangveien er mørk", "gangveg", "<mark>Gangveien</mark> er mørk"),
        ("Lys & <b>lys</b>", "lys", "<mark>Lys</mark> &amp; &lt;b&gt;<mark>lys</mark>&lt;/b&gt;"),
        ("Åpen hall", "åp", "<mark>Åpen</mark> hall"),
        ("Apen og åpen", "apen", "<mark>Apen</mark> og åpen"),
    ],
)
def test_what_was_searched_for_is_marked(words, typed, shown):
    assert looked_for.marked(words, looked_for.parse(typed)) == shown


def test_of_a_long_text_the_part_is_shown_in_which_it_stands():
    words = "Først noe annet. " * 30 + "Her er lyset. " + "Og mer etterpå. " * 30
    cut = looked_for.excerpt(words, looked_for.parse("lys"))
    assert "Her er lyset." in cut
    assert cut.startswith("…")
    assert cut.endswith("…")

"""A board with 10,000 ideas among 100,000: its pages and search, each made anew, on both databases."""

import random
import statistics
import time
from datetime import timedelta
from itertools import accumulate

from sqlalchemy import insert, text

from bench import content, site
from bench.chain import milliseconds, statements
from bench.measures import Bench, told
from bench.serve import KeepsNothing
from bench.table import Row
from dialogue.app import create_app
from dialogue.base import clock, search
from dialogue.base.db import Base, Database
from dialogue.boards import searching
from dialogue.boards.models import Board, Idea
from dialogue.dialogues.models import ContributionKind, ContributionState
from dialogue.followup.models import Theme, ThemeContribution
from tests.support.make import Make, words

BOARDS = 10
IDEAS = 10_000
THEMES = 10
COLUMNS = 3
REPEATED = 9
FIRST_PAGE_MILLISECONDS = 50
SEARCH_MILLISECONDS = 100
# The commonest first; the further down, the rarer it is used, as in a language.
VOCABULARY = [
    "og",
    "på",
    "det",
    "er",
    "i",
    "ikke",
    "vi",
    "for",
    "med",
    "til",
    "som",
    "at",
    "en",
    "de",
    "av",
    "mer",
    "lys",
    "kvelden",
    "gangveien",
    "skolen",
    "ungdom",
    "stranda",
    "trygt",
    "politi",
    "buss",
    "steder",
    "møtes",
    "mørkt",
    "stien",
    "barn",
    "unge",
    "foreldre",
    "sykkel",
    "fart",
    "bilene",
    "kiosken",
    "benker",
    "søppel",
    "musikk",
    "trening",
    "idrettslag",
    "natteravner",
    "park",
    "lekeplass",
    "busstopp",
    "undergang",
    "belysning",
    "kamera",
    "synlig",
    "patrulje",
    "russ",
    "fest",
    "bråk",
    "naboer",
    "samarbeid",
    "fritidsklubb",
    "åpningstid",
    "gratis",
    "aktivitet",
    "idrettshall",
    "bibliotek",
    "kafé",
    "sommerjobb",
    "sentrum",
    "torget",
    "brygga",
    "parkering",
    "fartsdump",
    "fotgjengerfelt",
    "snø",
    "strø",
    "gater",
    "vann",
    "båt",
    "bading",
    "livbøye",
]
RARE = 4_000


def pages(code: str, column: int, theme: str) -> dict[str, tuple[str, int]]:
    """The addresses by what they are, each with the milliseconds it should take at most."""
    board = f"/nb/boards/{code}"
    one = f"{board}?column={column}"
    look = f"{board}/search?q="
    first, found = FIRST_PAGE_MILLISECONDS, SEARCH_MILLISECONDS
    return {
        "first page": (board, first),
        "most supported": (f"{board}?sort=supported", first),
        "of one theme": (f"{board}?theme={theme}", first),
        "one question": (one, first),
        "one question, most supported": (f"{one}&sort=supported", first),
        "one question, last page": (f"{one}&page=90", first),
        "one question, most supported, last page": (f"{one}&sort=supported&page=90", first),
        "search: a word in one of three ideas": (f"{look}lys", found),
        "search: another form of a common word": (f"{look}gangvegane", found),
        "search: three words": (f"{look}lys+skolen+kvelden", found),
        "search: the beginning of a word": (f"{look}ung", found),
        "search: a phrase": (f"{look}%22mer+lys%22", found),
        "search: a rare word": (f"{look}sjelden17", found),
        "search: page 20 of what is found": (f"{look}lys&page=20", found),
        "search: nothing there": (f"{look}finnesikke", found),
    }


def measure(bench: Bench) -> None:
    """The middle of some requests in one process, without the page cache; then what it costs to write one idea."""
    with site.postgresql("_board") as address:
        for name, chosen in (("PostgreSQL", address), ("SQLite", "")):
            if chosen is None:
                continue
            house = create_app(site.settings(bench.folder / f"board-{name}", chosen))
            bench.table.heading(f"A board with 10,000 ideas among 100,000, server time, {name}")
            began = time.perf_counter()
            made = fill(house.database)
            house.pages = KeepsNothing()
            browser, seen = house.test_client(), statements(house.database.engine)
            for work, (path, aim) in pages(*made).items():
                with told(bench, work):
                    milliseconds(browser, path)
                    seen.clear()
                    processor = time.process_time()
                    took = [milliseconds(browser, path) for _ in range(REPEATED)]
                    own = (time.process_time() - processor) / REPEATED * 1000
                    middle = statistics.median(took)
                    beside = f"{len(seen) // REPEATED} statements, {own:.0f} ms of it our own"
                    bench.table.row(Row(work, f"{middle:.0f} ms", beside, f"under {aim} ms", middle < aim))
            with told(bench, "filling and indexing"):
                bench.table.row(
                    Row("100,000 ideas filled, indexed and read", f"{time.perf_counter() - began:.0f} s")
                )
            house.database.engine.dispose()


def fill(database: Database) -> tuple[str, int, str]:
    """Make boards of many ideas; returns the code of one, one of its questions, and a theme."""
    with database.writing() as session:
        Base.metadata.create_all(session.connection())
    make = Make(database)
    boards = [make.board(make.dialogue(), columns=COLUMNS) for _ in range(BOARDS)]
    drawing = random.Random(7)
    for board in boards:
        _fill(database, board, drawing)
    with database.writing() as session:
        search.rebuild(session, [search.Documents(searching.KIND, searching.documents)])
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
    with database.reading() as session:
        code = session.query(Theme).filter_by(dialogue_id=boards[0].dialogue_id, position=0).one().code
    made = (boards[0].code, boards[0].columns[0].id, code)
    make.close()
    return made


def _fill(database: Database, board: Board, drawing: random.Random) -> None:
    weights = list(accumulate(1 / (place + 2) for place in range(len(VOCABULARY))))
    with database.writing() as session:
        anchors = content.contributions(
            session, board.dialogue_id, ContributionKind.IDEA, ContributionState.PUBLISHED, IDEAS
        )
        now = clock.now()
        rows = [
            {
                "contribution_id": anchor,
                "board_id": board.id,
                "column_id": board.columns[place % COLUMNS].id,
                "title": _said(drawing, weights, 6),
                "text": _said(drawing, weights, drawing.randint(8, 50)),
                "published_at": now - timedelta(minutes=place),
                "support_count": int(drawing.expovariate(0.2)),
            }
            for place, anchor in enumerate(anchors)
        ]
        content.insert_rows(session, Idea, rows)
        themes = [
            Theme(dialogue_id=board.dialogue_id, position=place, title=words(f"Tema {place}"), created_at=now)
            for place in range(THEMES)
        ]
        session.add_all(themes)
        session.flush()
        placed = [
            {"theme_id": themes[place % THEMES].id, "contribution_id": anchor, "placed_at": now}
            for place, anchor in enumerate(anchors[: IDEAS * 4 // 5])
        ]
        for start in range(0, len(placed), content.AT_A_TIME):
            session.execute(insert(ThemeContribution), placed[start : start + content.AT_A_TIME])


def _said(drawing: random.Random, weights: list[float], length: int) -> str:
    said = drawing.choices(VOCABULARY, cum_weights=weights, k=length)
    said[drawing.randrange(length)] = f"sjelden{drawing.randrange(RARE)}"
    return " ".join(said).capitalize() + "."

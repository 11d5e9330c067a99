"""What came on paper and by a school, brought in at once, and the board taken out; all of it is made up."""

from dialogue.base.files import FileStore
from dialogue.boards.models import Board
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Channel
from dialogue.entering import cards, operations as entering, reading
from dialogue.entering.comparing import Said
from dialogue.entering.models_cards import FIRST, SECOND
from dialogue.entering.operations import About
from dialogue.exporting import operations as exporting
from dialogue.exporting.models import Audience, ExportKind
from dialogue.people.models import User
from dialogue.people.queries import actor_of

# A class has written on paper; the team has yet to look at it and store it.
LINES = """Lys ved bekken – det er så mørkt der om morgenen at vi går omveien
Sitteplasser ved bussen
En voksen ute i storefri som ikke bare står ved døra
Sykkelstativ man kan låse i – det forrige var borte etter en uke"""

# What stood on paper cards in the hall, as the facilitator typed it: by number, question and words.
CARDS = (
    (1, 0, "Mørkt mellom bussen og Strandsida"),
    (2, 1, "Et lys ved trappa bak biblioteket"),
    (3, 1, "Benk ved helsehuset, så man kan vente på følge"),
    (4, 2, "Vi kan gå sammen hjem fra treninga"),
)
# As the organiser typed two of them again; one of the two misread a word.
AGAIN = ((1, 0, "Mørkt mellom bussen og Strandsida."), (2, 1, "Et lys ved trappa bak bedehuset"))


def bring(stage: Stage, board: Board) -> None:
    """Let lines of a class lie ready to be looked at."""
    about = About(board.columns[0].id, Channel.SCHOOL, "Klasse C", "nb")
    with stage.at(0, 8):
        entering.begin(stage.session, stage.organiser, board, reading.lines(LINES), about, "", "lines")


def type_cards(stage: Stage, board: Board, facilitator: User) -> None:
    """Let paper cards be typed: by one person all of them, by another some."""
    about = About(None, Channel.PAPER, "Storsalen", "nb")
    with stage.at(0, 8):
        cards.print_sheet(stage.session, stage.organiser, board, len(CARDS), "cards")
        stack = cards.begin(stage.session, stage.organiser, board, about, True, "cards")
        for who, turn, typed in (
            (actor_of(facilitator), FIRST, CARDS),
            (stage.organiser, SECOND, AGAIN),
        ):
            for number, prompt, text in typed:
                said = Said(board.columns[prompt].id, "", text, "")
                cards.enter(stage.session, who, stack, number, said, turn, f"{turn}")


def take_out(stage: Stage, board: Board, files: FileStore) -> None:
    """Take the board out as a spreadsheet, as everybody can read it."""
    wish = exporting.wish(ExportKind.XLSX, Audience.PUBLIC, "nb")
    with stage.at(0, 8):
        asked = exporting.ask_for(stage.session, stage.organiser, board, wish, "export")
        exporting.keep(stage.session, asked.id, exporting.make(stage.session, files, board, wish))

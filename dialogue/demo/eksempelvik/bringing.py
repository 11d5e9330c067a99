"""What came on paper and by a school, brought in at once, and the board taken out; all of it is made up."""

from dialogue.base.files import FileStore
from dialogue.boards.models import Board
from dialogue.demo.stage import Stage
from dialogue.dialogues.models import Channel
from dialogue.entering import operations as entering, reading
from dialogue.entering.operations import About
from dialogue.exporting import operations as exporting
from dialogue.exporting.models import Audience, ExportKind

# A class has written on paper; the team has yet to look at it and store it.
LINES = """Lys ved bekken – det er så mørkt der om morgenen at vi går omveien
Sitteplasser ved bussen
En voksen ute i storefri som ikke bare står ved døra
Sykkelstativ man kan låse i – det forrige var borte etter en uke"""


def bring(stage: Stage, board: Board) -> None:
    """Let lines of a class lie ready to be looked at."""
    about = About(board.columns[0].id, Channel.SCHOOL, "Klasse C", "nb")
    with stage.at(0, 8):
        entering.begin(stage.session, stage.organiser, board, reading.lines(LINES), about, "", "lines")


def take_out(stage: Stage, board: Board, files: FileStore) -> None:
    """Take the board out as a spreadsheet, as everybody can read it."""
    wish = exporting.wish(ExportKind.XLSX, Audience.PUBLIC, "nb")
    with stage.at(0, 8):
        asked = exporting.ask_for(stage.session, stage.organiser, board, wish, "export")
        exporting.keep(stage.session, asked.id, exporting.make(stage.session, files, board, wish))

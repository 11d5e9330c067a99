"""The groups' boards and the plenary wall of the evening that is coming: the facilitators have tried them out, so
what they wrote waits to be shown, and the run sheet opens one stage after the other."""

from collections.abc import Sequence
from itertools import count

from dialogue.boards import gathering, keeping, operations as boards
from dialogue.boards.keeping import BoardPlan, ColumnPlan
from dialogue.boards.models import Board, BoardStage
from dialogue.boards.operations import Draft
from dialogue.demo.content import say
from dialogue.demo.stage import Stage
from dialogue.meetings.models import Meeting
from dialogue.meetings.notes import seat_of
from dialogue.web.gatherings import Gathering

PROMPTS = (
    say("Hvor er det mørkt å gå?", "Kvar er det mørkt å gå?", "Where is it dark to walk?"),
    say("Hva kan vi gjøre selv?", "Kva kan vi gjere sjølve?", "What can we do ourselves?"),
)
# Of each group, by its place: the prompt, and what was written.
WRITTEN: Sequence[Sequence[tuple[int, str, str]]] = (
    (
        (0, "Svingen ved båthuset", "Lyktestolpen der har vært mørk siden i høst."),
        (1, "Følge hjem fra korøvelsen", "Vi er åtte som går samme vei på tirsdager."),
    ),
    (
        (0, "Undergangen mot skolen", "Det lyser bare på den ene siden."),
        (1, "Refleksvester på lån", "Idrettslaget har tjue vester som henger i et skap."),
    ),
    (
        (0, "Stien bak ferjekaia", "Den er kortest til bussen, men ingen måker og ingen lyser."),
        (1, "Natteravn én kveld i måneden", "Med to til rekker det å gå én kveld hver."),
    ),
    (
        (0, "Parkeringsplassen ved hallen", "Når hallen stenger, slukkes alt med en gang."),
        (1, "La lyset i butikkvinduet stå på", "Butikkeierne i gata kan bli enige om det."),
    ),
)
# What the items of the run sheet open, by their place.
OPENS = {2: BoardStage.WRITE, 3: BoardStage.REVEAL, 4: BoardStage.SUPPORT, 5: BoardStage.FREEZE}


_keys = count(1)


def tell(stage: Stage, meeting: Meeting) -> None:
    """Make the boards, write on them, and let the run sheet open them. The caller sets the clock."""
    session = stage.session
    gathered = Gathering(
        meeting.code, meeting.title, meeting.dialogue, [seat_of(group) for group in meeting.groups], ""
    )
    plenary = gathering.make_for_groups(session, stage.organiser, meeting.dialogue, gathered)
    columns = [ColumnPlan(PROMPTS[0], 1, plenary.columns[0].id), ColumnPlan(PROMPTS[1], 2)]
    plan = BoardPlan(plenary.title, plenary.intro, columns, wall=plenary.wall)
    keeping.change_board(session, stage.organiser, plenary, plan)
    for board, written in zip(plenary.group_boards, WRITTEN, strict=True):
        _write(stage, board, written)
    session.expire(meeting, ["run_items"])
    for place, to in OPENS.items():
        meeting.run_items[place].opens = f"boards/{plenary.code}/{to.value}"
    session.flush()


def _write(stage: Stage, board: Board, written: Sequence[tuple[int, str, str]]) -> None:
    for prompt, title, text in written:
        draft = Draft(board.columns[prompt].id, title, text, "nb")
        boards.write_idea(stage.session, board, draft, f"demo group {board.code} {next(_keys)}")

"""Makes the README's pictures: starts the demo on a database of its own and looks at it as people would.

Run it with ``./run pictures``. What is pictured is looked up in the demo's data, so nothing here needs to
change when the demo does.
"""

import struct
import subprocess
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from flask import url_for
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import func, select
from sqlalchemy.orm import Session

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from bench import site  # noqa: E402 - the repository's folder has to be on the path first
from dialogue.app import create_app  # noqa: E402
from dialogue.boards.models import Board, BoardStage, Idea  # noqa: E402
from dialogue.config import DEMO_SECRET, Settings  # noqa: E402
from dialogue.dialogues.models import Contribution, Dialogue, DialogueState, StatusChange  # noqa: E402
from dialogue.followup.models import DecisionAction, ThemeContribution, ThemeDecision  # noqa: E402
from dialogue.residents.models import FollowCode  # noqa: E402
from dialogue.residents.operations import printed_code  # noqa: E402
from tests.browser.conftest import AS_ROOT, NO_CHROMIUM, QUIET, find_chromium  # noqa: E402

SECONDS_TO_START = 180
LARGEST = 150_000
PIXELS_ABOVE = 80
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows, to whom, on what."""

    name: str
    path: str
    device: dict[str, object]
    role: str = ""
    # What the picture begins a little above of; without it, the top of the page.
    begins_at: str = ""


def main() -> int:
    """Start the demo, take every picture, and say what each weighs."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit(NO_CHROMIUM)
    with tempfile.TemporaryDirectory(prefix="dialogue-pictures-") as name:
        port = site.free_port()
        settings = Settings(
            instance_dir=Path(name),
            secret_key=DEMO_SECRET,
            public_url=f"http://127.0.0.1:{port}",
            demo=True,
        )
        process = start(settings, port)
        try:
            if not site.answers(process, port, SECONDS_TO_START):
                sys.exit("The demo did not start.")
            take(chromium, settings.public_url, pictures(settings))
        finally:
            site.end(process)
    return 0


def start(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    """The demo, as ``./run`` starts it."""
    command = [str(Path(sys.executable).with_name("dialogue")), "start", "--port", str(port)]
    variables = {"DIALOGUE_DEMO": "1", "DIALOGUE_INSTANCE_DIR": str(settings.instance_dir)}
    return subprocess.Popen(command, cwd=ROOT, env=site.plain_environment() | variables)


def pictures(settings: Settings) -> list[Picture]:
    """What to picture, at the addresses that it has in this database."""
    house = create_app(settings)
    with house.database.reading() as session, house.test_request_context("/nb/"):
        running, finished = (
            _dialogue(session, DialogueState.PUBLISHED),
            _dialogue(session, DialogueState.CLOSED),
        )
        board = _open_board(session, running)
        code = printed_code(_followed(session, running))
        return [
            Picture("dialogue", url_for("overview.dialogue", code=running.code, lang="nb"), PHONE),
            Picture("board", url_for("boards.board", code=board, lang="nb"), PHONE),
            Picture("follow", url_for("followup.follow", code=code, lang="nb"), PHONE, begins_at=".timeline"),
            Picture("desk", url_for("overview.desk", lang="nb"), DESK, "police"),
            Picture(
                "desk-dialogue", url_for("dialogues.dialogue", code=running.code, lang="nb"), DESK, "police"
            ),
            Picture(
                "what-came-of-it",
                url_for("reporting.what_came_of_it", code=finished.code, lang="nb"),
                DESK,
                begins_at="main h2",
            ),
        ]


def take(chromium: str, address: str, wanted: list[Picture]) -> None:
    """Take the pictures, in light, without anything that moves."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *AS_ROOT])
        for picture in wanted:
            content = smallest(_look(browser, address, picture))
            (HERE / f"{picture.name}.png").write_bytes(content)
            note = (
                "" if len(content) < LARGEST else f"  more than {LARGEST // 1000} kB: show less of the page"
            )
            print(f"{picture.name}.png  {len(content) / 1000:.0f} kB{note}", flush=True)
        browser.close()


def _look(browser: Browser, address: str, picture: Picture) -> bytes:
    window = browser.new_context(
        base_url=address, color_scheme="light", reduced_motion="reduce", locale="nb-NO", **picture.device
    )
    if picture.role:
        signed_in = window.request.post(
            f"/nb/demo/sign-in/{picture.role}", headers={"Sec-Fetch-Site": "same-origin"}
        )
        if not signed_in.ok:
            sys.exit(f"Signing in as {picture.role} gave {signed_in.status}.")
    page = window.new_page()
    answer = page.goto(picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"{picture.path} could not be opened.")
    if picture.begins_at:
        above = f"part => window.scrollTo(0, part.getBoundingClientRect().top - {PIXELS_ABOVE})"
        page.locator(picture.begins_at).first.evaluate(above)
    taken = page.screenshot(animations="disabled", scale="device")
    window.close()
    return taken


def _dialogue(session: Session, state: DialogueState) -> Dialogue:
    """Of the dialogues in a state, the one in which residents gave most."""
    return session.scalars(
        select(Dialogue)
        .outerjoin(Contribution)
        .where(Dialogue.state == state)
        .group_by(Dialogue.id)
        .order_by(func.count(Contribution.id).desc())
        .limit(1)
    ).one()


def _open_board(session: Session, dialogue: Dialogue) -> str:
    return session.scalars(
        select(Board.code)
        .outerjoin(Idea, Idea.board_id == Board.id)
        .where(Board.dialogue_id == dialogue.id, Board.stage == BoardStage.OPEN)
        .group_by(Board.id)
        .order_by(func.count(Idea.contribution_id).desc())
        .limit(1)
    ).one()


def _followed(session: Session, dialogue: Dialogue) -> FollowCode:
    """The follow code of the idea of whose actions there is most to tell."""
    return session.scalars(
        select(FollowCode)
        .join(Contribution, Contribution.follow_code_id == FollowCode.id)
        .join(ThemeContribution, ThemeContribution.contribution_id == Contribution.id)
        .join(ThemeDecision, ThemeDecision.theme_id == ThemeContribution.theme_id)
        .join(DecisionAction, DecisionAction.decision_id == ThemeDecision.decision_id)
        .join(
            StatusChange,
            (StatusChange.subject_kind == "action") & (StatusChange.subject_id == DecisionAction.action_id),
        )
        .where(Contribution.dialogue_id == dialogue.id, StatusChange.is_public)
        .group_by(FollowCode.id)
        .order_by(func.count(StatusChange.id).desc(), FollowCode.id)
        .limit(1)
    ).one()


def smallest(png: bytes) -> bytes:
    """The same picture, without what is not needed and packed as tightly as PNG allows."""
    kept, packed, place = [], b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        if kind == b"IDAT":
            packed += png[place + 8 : place + 8 + length]
        elif kind in {b"IHDR", b"PLTE", b"tRNS"}:
            kept.append(png[place : place + 12 + length])
        place += 12 + length
    content = zlib.compress(zlib.decompress(packed), 9)
    return png[:8] + b"".join(kept) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


if __name__ == "__main__":
    sys.exit(main())

"""Bytes and memory: what a browser takes for its first view, and what the processes weigh."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import load, site
from bench.measures import Bench
from bench.table import Row
from tests.browser.conftest import AS_ROOT, NO_CHROMIUM, QUIET, find_chromium

KILO = 1000
SECONDS_FOR_A_FRESH_START = 600


def first_view(bench: Bench) -> None:
    """What Chromium transfers for the first page of a visitor who has never been here."""
    bench.table.heading("First view in a browser, all transferred")
    chromium = find_chromium()
    if chromium is None:
        bench.table.row(Row("first view", "not measured", NO_CHROMIUM))
        return
    for name, path in bench.main.site.pages.items():
        by_kind = _transferred(chromium, f"http://127.0.0.1:{bench.product.port}{path}")
        total, script = sum(map(sum, by_kind.values())), sum(by_kind["Script"])
        requests = sum(map(len, by_kind.values()))
        kinds = ", ".join(f"{kind} {sum(sizes) / KILO:.1f}" for kind, sizes in sorted(by_kind.items()))
        aim = "< 120 kB, script < 45, ≤ 10"
        is_met = total < 120 * KILO and script < 45 * KILO and requests <= 10
        bench.table.row(Row(name, f"{total / KILO:.1f} kB, {requests} requests", kinds, aim, is_met))


def _transferred(chromium: str, address: str) -> dict[str, list[int]]:
    """Bytes over the wire, headers included, of each request, by kind of resource."""
    kinds: dict[str, str] = {}
    sizes: dict[str, list[int]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *AS_ROOT])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.responseReceived", lambda got: kinds.update({got["requestId"]: got["type"]}))
        devtools.on(
            "Network.loadingFinished",
            lambda done: sizes[kinds.get(done["requestId"], "Other")].append(int(done["encodedDataLength"])),
        )
        page.goto(address, wait_until="networkidle")
        browser.close()
    return sizes


def memory(bench: Bench) -> None:
    """What the server weighs after every kind of page has been shown: shared memory is counted once."""
    bench.table.heading("Memory, PSS")
    server = bench.product
    load.run(
        load.reading(*bench.main.site.pages.values(), *bench.main.site.forms.values()), server.port, 16, 1
    )
    try:
        workers = [_pss(child) for child in _children(server.pid)]
        parent = _pss(server.pid)
    except FileNotFoundError:
        bench.table.row(Row("two workers", "not measured", "This system does not tell in /proc."))
        return
    beside = f"and the process that starts them {parent:.0f} MiB"
    bench.table.row(
        Row(f"{len(workers)} workers", f"{sum(workers):.0f} MiB", beside, "under 180 MiB", sum(workers) < 180)
    )


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def fresh(bench: Bench) -> None:
    """From a new clone to the first page with the demo, everything installed on the way."""
    bench.table.heading("./run on a fresh machine")
    port = site.free_port()
    with tempfile.TemporaryDirectory(prefix="dialogue-fresh-") as name:
        subprocess.run(["git", "clone", "--quiet", str(site.ROOT), name], check=True)
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "run", "--port", str(port)], cwd=name, env=site.plain_environment()
        )
        try:
            if not site.answers(process, port, SECONDS_FOR_A_FRESH_START):
                bench.table.row(Row("first page with the demo", "not measured", "It did not start."))
                return
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nb/", timeout=30).read()
            took = time.monotonic() - began
        finally:
            site.end(process)
    beside = "with this machine's network and pip's own cache"
    bench.table.row(Row("first page with the demo", f"{took:.0f} s", beside, "under 90 s", took < 90))

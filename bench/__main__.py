"""``./run bench [names]``: the table of speed and size, each figure beside its limit of the same run.

The limits are a bare Flask page under the same server and a loop of commits over one connection in the same
database. Nothing here fails for being slow. Everything runs on this machine, the load as well.
"""

import argparse
import os
import platform
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack

from bench import board, chain, live, measures, site, sizes, takeover
from bench.table import Table

MEASURES: dict[str, Callable[[measures.Bench], None]] = {
    "pages": measures.pages_kept,
    "anew": measures.pages_anew,
    "flows": measures.flows,
    "flows-sqlite": measures.flows_on_sqlite,
    "first-view": sizes.first_view,
    "memory": sizes.memory,
    "nation": chain.measure,
    "board": board.measure,
    "takeover": takeover.measure,
    "live": live.measure,
}
# Installs everything from the network, so only when it is asked for.
ONLY_BY_NAME = {"fresh": sizes.fresh}


def main(arguments: list[str]) -> int:
    """Measure what was asked for, print it as it comes, and end with 0."""
    every = MEASURES | ONLY_BY_NAME
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(every))
    names = parser.parse_args(arguments).names or list(MEASURES)
    unknown = [name for name in names if name not in every]
    if unknown:
        parser.error(f"There is no measurement “{unknown[0]}”. There are: {', '.join(every)}")
    # Ended from outside, it still drops its database and stops its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        postgresql = stack.enter_context(site.postgresql())
        folder = stack.enter_context(site.folder())
        bench = measures.Bench(stack, folder, postgresql, Table())
        print(_surroundings(postgresql), flush=True)
        for name in names:
            every[name](bench)
    return 0


def _surroundings(postgresql: str | None) -> str:
    database = "PostgreSQL" if postgresql else "SQLite only (no PostgreSQL answered)"
    busy = ", ".join(f"{load:.2f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {site.WORKERS} workers, {database}. "
        f"Load of the machine before (1, 5, 15 minutes): {busy}.\n"
        "The load comes from one process on this machine. "
        "Aims are for two cores that do nothing else."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

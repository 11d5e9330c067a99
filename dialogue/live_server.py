"""The process that holds the connections of open pages: ``dialogue live`` puts it in its own place.

It serves the same application as ``dialogue serve``, in greenlets instead of threads, so that a few thousand
connections cost little.
"""

from gevent import monkey

monkey.patch_all()

# Only now: what is loaded from here on must find the libraries changed.
import sys  # noqa: E402

from dialogue import cli, server  # noqa: E402
from dialogue.app import create_app  # noqa: E402
from dialogue.config import ConfigurationError  # noqa: E402


def main(host: str, port: str, streams: str) -> None:
    """Serve until stopped."""
    house = create_app()
    try:
        cli.refuse_unsafe(house)
    except ConfigurationError as error:
        sys.exit(str(error))
    server.run_live(house, host, int(port), int(streams))


if __name__ == "__main__":
    main(*sys.argv[1:])

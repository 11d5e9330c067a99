"""Sends ideas to a board as residents do, so many a second; prints the number of each and when it was sent.

``python -m bench.live_writer PORT PATH COLUMN RATE SECONDS``. The times are those of the machine's own clock, which
all of its processes share.
"""

import http.client
import random
import sys
import time
from urllib.parse import urlencode

from dialogue.base.tokens import new_token

# Each network may send only so much.
PER_ADDRESS = 100
HEADERS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


def write(port: int, path: str, column: str, rate: float, seconds: float) -> None:
    """Send them one after the other at even distances."""
    count = int(rate * seconds)
    began = time.monotonic()
    connection = None
    for number in range(count):
        if number % PER_ADDRESS == 0:
            connection = _connection(port)
        assert connection is not None
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        form = {"column": column, "title": f"Live idea {number}", "text": "Mer lys langs stien ved skolen."}
        sent = time.monotonic()
        connection.request("POST", path, urlencode(form | {"submission_key": new_token()}), HEADERS)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            sys.exit(f"An idea was answered with {answer.status}.")
        print(number, sent, flush=True)


def _connection(port: int) -> http.client.HTTPConnection:
    address = f"127.{random.randint(1, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}"
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(address, 0))


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]), float(sys.argv[5]))

"""The load: clients in one process and one thread, over raw sockets.

Each client keeps its connection and sends its next request when the answer to the last has come, as people
do. It moves to a new connection from another source address of 127.0.0.0/8 before the server's limit for one
network is reached, so that the limit can stay on. The load shares the machine with what it measures, so it
does no more than it must: what comes back is searched, not parsed.
"""

import gc
import itertools
import random
import selectors
import socket
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

# Well under the limit for one network, 600 POSTs in ten minutes.
FLOWS_PER_CONNECTION = 200
SECONDS_OF_WARMING_UP = 0.7
SECONDS_WITHOUT_ANSWER = 20

HEADERS = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept-Language: nb\r\nSec-Fetch-Site: same-origin\r\n"


class UnexpectedAnswer(RuntimeError):
    """The server answered otherwise than the flow needs."""


@dataclass(frozen=True)
class Answer:
    """What came back to one request."""

    status: int
    head: bytes
    body: bytes


Flow = Generator[bytes, Answer, None]
"""What one person does: yields each request and is given the answer to it."""


@dataclass(frozen=True)
class Measured:
    """What a run gave: how many flows in how many seconds, and how long each took, sorted, in seconds."""

    flows: int
    seconds: float
    durations: list[float]

    @property
    def per_second(self) -> float:
        return self.flows / self.seconds

    def milliseconds(self, share: float) -> float:
        """How long the flow took that this share of all were faster than."""
        if not self.durations:
            return float("nan")
        return self.durations[min(len(self.durations) - 1, int(len(self.durations) * share))] * 1000


def get(path: str) -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\n{HEADERS}\r\n".encode()


def post(path: str, form: str) -> bytes:
    """A form that is sent."""
    kind = "Content-Type: application/x-www-form-urlencoded"
    return f"POST {path} HTTP/1.1\r\n{HEADERS}{kind}\r\nContent-Length: {len(form)}\r\n\r\n{form}".encode()


def reading(*paths: str) -> Callable[[], Flow]:
    """People who each read one of these pages, in turn."""
    requests = itertools.cycle([(path, get(path)) for path in paths])

    def read() -> Flow:
        path, request = next(requests)
        answer = yield request
        expect(answer, 200, path)

    return read


def expect(answer: Answer, status: int, what: str) -> None:
    """Raise UnexpectedAnswer when a flow was answered otherwise than it should be."""
    if answer.status != status:
        raise UnexpectedAnswer(f"{what}: {answer.status} instead of {status}\n{answer.body[:600]!r}")


def run(begin: Callable[[], Flow], port: int, clients: int, seconds: float) -> Measured:
    """Let so many clients repeat a flow for so long, after a short while that does not count."""
    with selectors.DefaultSelector() as selector:
        crowd = [_Client(begin, port, selector) for _ in range(clients)]
        gc.disable()
        try:
            _work(selector, time.perf_counter() + SECONDS_OF_WARMING_UP)
            for client in crowd:
                client.durations.clear()
            began = time.perf_counter()
            _work(selector, began + seconds)
            took = time.perf_counter() - began
        finally:
            gc.enable()
            for client in crowd:
                client.leave()
    durations = sorted(duration for client in crowd for duration in client.durations)
    return Measured(len(durations), took, durations)


def _work(selector: selectors.BaseSelector, until: float) -> None:
    while time.perf_counter() < until:
        ready = selector.select(SECONDS_WITHOUT_ANSWER)
        if not ready:
            raise UnexpectedAnswer(f"The server has not answered for {SECONDS_WITHOUT_ANSWER} seconds.")
        for key, _events in ready:
            key.data.receive()


class _Client:
    """One connection at a time, and the flow that goes over it."""

    def __init__(self, begin: Callable[[], Flow], port: int, selector: selectors.BaseSelector) -> None:
        self.durations: list[float] = []
        self._begin = begin
        self._port = port
        self._selector = selector
        self._received = b""
        self._connect()
        self._next_flow()

    def receive(self) -> None:
        """Take what has come, and go on when it is a whole answer."""
        piece = self._socket.recv(1 << 17)
        if not piece:
            raise UnexpectedAnswer("The server closed the connection instead of answering.")
        self._received += piece
        answer = _whole(self._received)
        if answer is None:
            return
        self._received = b""
        try:
            request = self._flow.send(answer)
        except StopIteration:
            self.durations.append(time.perf_counter() - self._began)
            self._flows_left -= 1
            if not self._flows_left:
                self.leave()
                self._connect()
            self._next_flow()
        else:
            self._socket.sendall(request)

    def leave(self) -> None:
        """Close the connection."""
        self._selector.unregister(self._socket)
        self._socket.close()

    def _connect(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.bind(
            (f"127.{random.randint(1, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}", 0)
        )
        self._socket.connect(("127.0.0.1", self._port))
        self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._flows_left = random.randint(FLOWS_PER_CONNECTION // 2, FLOWS_PER_CONNECTION)

    def _next_flow(self) -> None:
        self._flow = self._begin()
        self._began = time.perf_counter()
        self._socket.sendall(next(self._flow))


def _whole(received: bytes) -> Answer | None:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = received[:end].lower()
    place = head.find(b"\r\ncontent-length:")
    if place < 0:
        raise UnexpectedAnswer(f"An answer without a length: {received[:300]!r}")
    line_end = head.find(b"\r\n", place + 2)
    length = int(head[place + 17 : line_end if line_end > 0 else len(head)])
    body = received[end + 4 :]
    return Answer(int(received[9:12]), received[:end], body) if len(body) >= length else None

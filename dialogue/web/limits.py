"""How often one device or one network may try something.

The counters lie in memory that all workers of one machine share, because it is made before they part.
They hold no address: a slot is found by an HMAC whose salt changes every day. Two keys may now and then
share a slot, which makes a limit stricter by chance, never looser.
"""

import mmap
import struct
import threading
import time
from dataclasses import dataclass

from dialogue.base.tokens import digest

_SLOTS = 1 << 16
_SLOT = struct.Struct("<IHxx")


@dataclass(frozen=True)
class Limit:
    """At most ``times`` within ``seconds``; the window starts with the first of them."""

    times: int
    seconds: int


class Limits:
    """Counters shared by the workers of one machine."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._memory = mmap.mmap(-1, _SLOTS * _SLOT.size)
        self._lock = threading.Lock()

    def allows(self, purpose: str, who: str, limit: Limit) -> bool:
        """Count one attempt and say whether it is within the limit."""
        moment = int(time.time())
        place = self._place(purpose, who, moment)
        with self._lock:
            began, count = _SLOT.unpack_from(self._memory, place)
            if moment - began >= limit.seconds:
                began, count = moment, 0
            if count >= limit.times:
                return False
            _SLOT.pack_into(self._memory, place, began, count + 1)
        return True

    def is_spent(self, purpose: str, who: str, limit: Limit) -> bool:
        """Whether nothing is left of the limit, without counting an attempt."""
        moment = int(time.time())
        with self._lock:
            began, count = _SLOT.unpack_from(self._memory, self._place(purpose, who, moment))
        return bool(moment - began < limit.seconds and count >= limit.times)

    def _place(self, purpose: str, who: str, moment: int) -> int:
        slot = digest(self._key, f"limit {purpose} {moment // 86400}", who)
        return int.from_bytes(slot[:4], "big") % _SLOTS * _SLOT.size

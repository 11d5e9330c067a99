"""Where the product's own files lie, and the store of files that people make or upload."""

import hashlib
import os
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def data_dir(name: str) -> Path:
    """The folder ``templates``, ``translations`` or ``migrations``: the package's own if it is there
    (an installed product), else the repository's."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class FileStore:
    """Files by the SHA-256 of their content, so that the same file is kept once and never changes.

    A file is written before the row that names it is committed; ``sweep`` removes those that no row
    names, which is what a crash in between leaves behind.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep the content and return its address, 64 hexadecimal digits."""
        address = hashlib.sha256(content).hexdigest()
        path = self._path(address)
        if path.exists():
            # Whoever is about to name it has an hour again before it may be swept.
            os.utime(path)
            return address
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        return address

    def get(self, address: str) -> bytes:
        """The content at an address. Raises FileNotFoundError."""
        return self._path(address).read_bytes()

    def sweep(self, named: set[str], older_than: float) -> int:
        """Remove files that nothing names and that were written before a time (seconds since 1970);
        return how many."""
        removed = 0
        for path in self.root.glob("??/*"):
            if path.name not in named and path.stat().st_mtime < older_than:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _path(self, address: str) -> Path:
        if len(address) != 64 or not address.isalnum():
            raise FileNotFoundError(address)
        return self.root / address[:2] / address

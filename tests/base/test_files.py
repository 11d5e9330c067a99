"""The store of files."""

import pytest

from dialogue.base.files import FileStore


def test_the_same_content_is_kept_once(tmp_path):
    store = FileStore(tmp_path)
    assert store.put(b"one") == store.put(b"one")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("address", ["../../etc/passwd", "", "a" * 63, "/" * 64])
def test_an_address_that_is_none_finds_nothing(tmp_path, address):
    with pytest.raises(FileNotFoundError):
        FileStore(tmp_path).get(address)


def test_what_no_row_names_is_swept_when_it_is_old(tmp_path):
    store = FileStore(tmp_path)
    kept, orphan = store.put(b"kept"), store.put(b"orphan")
    assert store.sweep({kept}, older_than=0) == 0
    assert store.sweep({kept}, older_than=9e12) == 1
    assert store.get(kept) == b"kept"
    with pytest.raises(FileNotFoundError):
        store.get(orphan)

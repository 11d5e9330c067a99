"""What the laws over the whole house share."""

import pytest

from dialogue.web import transaction


@pytest.fixture
def nothing_is_kept(monkeypatch):
    """Let each request write all it wants and then forget it, so that the next one finds things as they were."""

    def forget() -> None:
        if "session" in transaction.g and transaction.request.method not in transaction.SAFE_METHODS:
            transaction.g.session.flush()
            transaction.g.session.rollback()

    monkeypatch.setattr(transaction, "commit", forget)

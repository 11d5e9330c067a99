"""One process leads, and another takes over."""

from dialogue.base.leader import Leadership


def test_only_one_leads_and_another_takes_over(database, tmp_path):
    first, second = Leadership(database, tmp_path), Leadership(database, tmp_path)
    try:
        assert first.hold()
        assert first.hold()
        assert not second.hold()
        first.release()
        assert second.hold()
    finally:
        first.release()
        second.release()

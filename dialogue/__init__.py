"""Dialogue: from a resident's idea to what came of it, told back to that resident."""

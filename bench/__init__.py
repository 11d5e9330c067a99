"""Measures speed and size of the real server; see ``python -m bench --help``."""

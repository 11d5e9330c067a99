"""Reporting back: you said – we did, the picture of the whole flow, and the pages of leaders."""

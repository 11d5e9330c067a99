"""The decision brief and what is made from it: its annex, its documents, the note for patrols."""

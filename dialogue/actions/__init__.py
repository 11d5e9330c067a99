"""Actions: what will be done, by whom, by when; what happened; what came of it."""

"""Views for those who work with many actions: one choice among them, seen in several ways, and the weekly round."""

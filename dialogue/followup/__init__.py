"""The chain: themes, brief, decisions, links, the story of a contribution, telling back."""

"""Idea boards: prompts, ideas, support, moderation."""

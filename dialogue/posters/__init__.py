"""Posters that answer: one permanent code for a place, whatever dialogue is on there."""

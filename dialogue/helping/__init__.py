"""Joining in: where an action wants help, and those who take part without an account."""

"""Accounts of staff and partners: invitation, sign-in, roles."""

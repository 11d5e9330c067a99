"""Meetings: sign-up and waiting list, run sheet, groups, report."""

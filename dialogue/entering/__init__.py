"""Entering many ideas at once for those who said them: pasted lines, a spreadsheet, the export of another wall."""

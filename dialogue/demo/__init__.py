"""The demo: its data, its bar, its mailbox and its clock. None of it exists outside demo mode."""

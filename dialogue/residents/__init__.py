"""People without an account: follow codes, contact, the free-text guard, withdrawal."""

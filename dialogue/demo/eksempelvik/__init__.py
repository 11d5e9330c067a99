"""“Trygg vei hjem” in Eksempelvik, a municipality that does not exist, open on the day the demo is loaded."""

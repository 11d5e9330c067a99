"""Taking a board out: as a sheet, a list, a wall on paper or a picture of it, with personal data looked for first."""

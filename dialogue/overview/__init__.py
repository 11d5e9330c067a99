"""Pages that show several features: the front page, a dialogue's page, the desk."""

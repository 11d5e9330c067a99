"""Police districts, municipalities and organisations."""

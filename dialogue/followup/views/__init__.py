"""The pages of the chain: for residents, and at the desk."""

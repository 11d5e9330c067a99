"""What the real processes promise: the server, the worker and the command."""

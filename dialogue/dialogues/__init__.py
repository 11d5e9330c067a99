"""The process: the question, its phases and team, what residents gave, and the history of it all."""

"""The HTTP edge: who may enter, what a form is, what is cached, what leaves with every response."""

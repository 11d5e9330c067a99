"""Surveys: questions, published versions, collectors, anonymous answers, results."""

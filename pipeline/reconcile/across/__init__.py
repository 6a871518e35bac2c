"""Across documents: what the papers of one council say of the same observation, held against each other."""

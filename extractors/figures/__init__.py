"""Figures from prose and tables: roles, clusters, subjects, votes, and their assembly with evidence."""

"""Loaded once, in the process that all workers are copies of."""

from pipeline import reading, stages  # noqa: F401

stages.load()

"""Laying out: from words with boxes to blocks and tables in reading order."""

from extractors.layout.arrange import lay_out

__all__ = ["lay_out"]

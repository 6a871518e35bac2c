"""The second reader of scanned pages: numbers are read again, from their crops of the page image, by an engine of another kind.

recogniser   the engine
compare      whether two readings of a number say the same
gaps         gaps inside a number, which both readers read over
rereading    which words of a page are read again, and what becomes of them
"""

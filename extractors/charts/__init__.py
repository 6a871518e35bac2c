"""Charts of a page as tables: bars, columns, pies and lines, from their shapes and the print around them.

    marks     bars as boxes, numbers and names as runs of words
    scale     the axis of values; measure: labels at marks, values of marks without one
    legend    colours and their names; names: categories along the axis
    bars, pies, lines   the kinds of charts
    tables    a chart as a table

A chart is believed only when its structure is consistent: its bars stand on one line and its labels are in proportion to their
lengths, or ticks equally far apart say what lengths are worth.
"""

from extractors.charts.find import find_charts, has_marks, pies_in, without

__all__ = ["find_charts", "has_marks", "pies_in", "without"]

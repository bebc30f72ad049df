"""Money: what the benefits of a rulebook come to for each person, in exact amounts or ranges, and who pays which part.

`reckon` reckons one person and `batch` a whole run; `split` divides an amount so that the parts are the whole. Where a
parameter is unset, or a fact is not known, there is no figure: nothing here stands in for what nobody knows.
"""

"""Find number expressions by one grammar over the characters.

`numerals` reads one number, `pairs` joins two, `context` refuses what is no value, `finder` walks over the text.
"""

from claimgraph.stages.numbers.stage import make_numbers

__all__ = ["make_numbers"]

"""What the words at a number say it measures."""

from dataclasses import dataclass
from decimal import Decimal

from claimgraph.records import Span
from claimgraph.vocab import Kind

__all__ = ["ONE", "Reading"]

ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Kind and unit of one number, and the characters that show them.

    start, end: from the first to the last character of sign, number, unit and counted noun together.
    scale: what the number is multiplied by (0.01 for basis points and cents).
    noun: the characters of the counted noun phrase or unit; None where the text leaves it out.
    per: where a denominator starts whose numbers are no claims of their own, None where there is none.
    sure: False where the noun was guessed from the context and a parallel number may know better.
    """

    kind: Kind
    unit: str
    start: int
    end: int
    rule: str
    scale: Decimal = ONE
    noun: Span | None = None
    per: int | None = None
    sure: bool = True

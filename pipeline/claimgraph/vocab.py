"""The closed vocabularies of claims: one enum per field, one line of meaning per member.

Values are those of the gold guidelines (`GUIDELINES.md`); they cross every boundary as plain strings.
"""

from enum import StrEnum

__all__ = ["Change", "Form", "Kind", "Label", "Qualifier", "RelationType", "Ruling", "Status"]


class Qualifier(StrEnum):
    """How a stated value bounds the true one."""

    EXACT = "exact"  # nothing said
    APPROXIMATELY = "approximately"  # about, around, some, nearly, almost
    AT_LEAST = "at_least"  # at least; vague plurals (dozens)
    MORE_THAN = "more_than"  # more than, over, above
    AT_MOST = "at_most"  # up to, as many as, no more than
    LESS_THAN = "less_than"  # less than, under, below
    RANGE = "range"  # both ends are stated


class Kind(StrEnum):
    """What sort of quantity a value is."""

    COUNT = "count"  # things or people counted
    MONEY = "money"  # an amount in a currency
    PERCENT = "percent"  # a share or change in per cent
    PERCENTAGE_POINTS = "percentage_points"  # difference of two percentages; basis points are hundredths
    FRACTION = "fraction"  # half of, one in eight
    MULTIPLE = "multiple"  # triple, twice, five-fold
    MEASURE = "measure"  # a physical unit
    DURATION = "duration"  # a span of time stated of something
    AGE = "age"  # years since birth
    RATE = "rate"  # a quantity per another one
    INDEX = "index"  # points of an index


class Change(StrEnum):
    """Whether a value is a state or the size of a change."""

    LEVEL = "level"  # was 3%, rose to 3%
    INCREASE = "increase"  # rose 3%
    DECREASE = "decrease"  # fell 3%


class Status(StrEnum):
    """How firmly the text states a value."""

    ASSERTED = "asserted"  # stated as fact
    FORECAST = "forecast"  # expected, projected, could reach
    TARGET = "target"  # aims, plans, limit, offer, required
    DENIED = "denied"  # negated or refuted
    HYPOTHETICAL = "hypothetical"  # if, would


class RelationType(StrEnum):
    """How a claim is defined through another claim of its article."""

    SHARE_OF = "share_of"  # more than half of the 196
    MULTIPLE_OF = "multiple_of"  # triple the 67
    CHANGE_FROM = "change_from"  # up 3% from 67


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"  # 196, 1.2bn, 3,000
    WORDS = "words"  # nine, twenty-five, two million
    FRACTION = "fraction"  # half, two-thirds, 3/4
    RATIO = "ratio"  # one in eight, four out of 10
    MULTIPLE = "multiple"  # triple, twice, five-fold, doubled
    VAGUE = "vague"  # dozens, hundreds of thousands
    RANGE = "range"  # 40 to 50, between two and three


class Label(StrEnum):
    """How two claims that answer one question relate."""

    AGREE = "agree"  # same value, or compatible once qualifiers and rounding are taken into account
    UPDATE = "update"  # a later report moves the value on; both were right when printed
    CONTRADICT = "contradict"  # both cannot be right for the same time
    RELATED = "related"  # they differ, but too little says that both answer one question; never exported as a relation


class Ruling(StrEnum):
    """What a person says about claims."""

    WRONG = "wrong"  # the article does not state this
    SAME = "same"  # two claims answer one question
    DIFFERENT = "different"  # two claims answer two questions

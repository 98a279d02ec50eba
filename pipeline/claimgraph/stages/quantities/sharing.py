"""Numbers in a row share what the last of them has: `2, 3 and 4 percent`, `12 gold and 8 silver medals`."""

import re
from collections.abc import Sequence

from claimgraph.stages.quantities.alike import priced_alike
from claimgraph.stages.quantities.guesses import joined, like
from claimgraph.stages.quantities.nouns import is_single
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["shared"]

_OF_THE = re.compile(r"\sof\s|\sout of\s")
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB"})


def shared(own: list[Reading | None], sites: Sequence[Site]) -> list[Reading | None]:
    """Return what the words at each number say, the last of a row speaking for those before it.

    own: the reading of each number by itself, None where nothing is said.
    """
    found = list(own)
    for i in range(len(sites) - 2, -1, -1):
        mine, after = found[i], found[i + 1]
        if mine is not None and _overreaches(sites[i], sites[i + 1], mine):
            mine = None
        found[i] = mine if after is None else _beside(sites[i], mine, sites[i + 1], after)
    return found


def _beside(site: Site, mine: Reading | None, next_site: Site, after: Reading) -> Reading | None:
    shows = after.end > next_site.mention.end or not after.sure
    if mine is None and shows and joined(site, next_site):
        return like(site, after)
    if after.kind is Kind.COUNT and _shares_noun(site, next_site, mine):
        return like(site, after)
    if mine is not None and after.kind is Kind.RATE and mine.kind is Kind.MONEY:
        return priced_alike(site, mine, after)
    return mine


def _shares_noun(site: Site, after: Site, mine: Reading | None) -> bool:
    """Say whether a number has a modifier and leaves its noun to the next: `43 Buy and one Sell recommendations`."""
    between = site.sites.tokens[site.last : min(after.first, site.last + 3)]
    if len(between) != 2 or after.begin != site.begin or (mine is not None and mine.kind is not Kind.COUNT):
        return False
    modifier, joint = between
    many = (site.mention.high or 0) > 1
    bare = mine is None or (many and (modifier.pos_ == "VERB" or is_single(modifier)))
    return bare and modifier.pos_ in _MODIFIERS and (joint.pos_ == "CCONJ" or joint.text == ",")


def _overreaches(site: Site, after: Site, reading: Reading) -> bool:
    """Say whether a counted noun lies beyond the next number without being shared with it (`four of its six`)."""
    if "/" in reading.unit or reading.per is not None:
        return False
    gap = site.sites.text[site.mention.end : after.mention.start]
    return reading.end > after.mention.start and _OF_THE.search(gap) is None and bool(gap.strip(" -"))

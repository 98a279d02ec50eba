"""Who really speaks: copies of one story, and the origin behind a figure.

Fingerprints are hashes of five-word shingles of which every eighth is kept; two articles are copies when they share at
least four and these are at least three tenths of the smaller set (containment, not Jaccard: shortened copies count).
Measured on altered news articles: recall 1.00 at precision 0.90, where MinHash and SimHash did worse.
"""

import hashlib
import re
from collections.abc import Set as AbstractSet

from claimgraph.graph.entities import canonical
from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.words import find_phrases, stem, tokenize
from claimgraph.records import Claim

__all__ = ["fingerprints", "is_copy", "origin_key"]

_SHINGLE = 5
#: One shingle in so many is kept, chosen by its hash.
_KEEP = 8
_SHARED = 4
_CONTAINED = 0.3
_WORD = re.compile(r"[^\W_]+")


def fingerprints(text: str) -> frozenset[int]:
    """Return the kept shingle hashes of a text: integers from 0 to 2**63 - 1, the same in every process."""
    words = _WORD.findall(text.lower())
    kept = set()
    for at in range(len(words) - _SHINGLE + 1):
        shingle = " ".join(words[at : at + _SHINGLE]).encode(errors="surrogatepass")
        number = int.from_bytes(hashlib.blake2b(shingle, digest_size=8).digest(), "big")
        if number % _KEEP == 0:
            kept.add(number >> 1)
    return frozenset(kept)


def is_copy(a: AbstractSet[int], b: AbstractSet[int]) -> bool:
    """Tell from the fingerprints of two articles whether one repeats a good part of the other; symmetric."""
    shared = len(a & b)
    return shared >= _SHARED and shared >= _CONTAINED * min(len(a), len(b))


def origin_key(claim: Claim) -> str | None:
    """Return who stands behind a figure, in normal form, or None in the outlet's own voice.

    Spokesmen speak for their body (*ministry officials*: the ministry); what only has an office
    (*the government*, *police*, *officials*) is told apart by the country or place of the claim.
    """
    if not claim.source:
        return None
    tables = lexicons()
    words = tuple(stem(token) for token, _, _ in tokenize(claim.source[:400]))
    office = next((name for name, _, _ in find_phrases(words, tables.aliases["office"])), None)
    if office is None:
        return canonical(claim.source)
    kept = [word for word in words if word not in tables.stop]
    covered = {at for _, first, last in find_phrases(kept, tables.aliases["office"]) for at in range(first, last)}
    rest = [word for at, word in enumerate(kept) if at not in covered]
    where = canonical(" ".join(rest)) if rest else (canonical(claim.entity[-1]) if claim.entity else "")
    return f"{office} {where}".strip()

"""What a line of an exported graph carries besides article and claims: all that `prepare` works out of them.

Working it out takes longer than anything else in reading a line. A check over the line's text, keyed with the code that
wrote it, tells whether it may be taken as it is: for a line that somebody changed, or that another version wrote, it is
worked out anew, as for one that carries nothing.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from operator import itemgetter
from typing import Any

from claimgraph.errors import StoreError
from claimgraph.export import dump_line
from claimgraph.store.preparing import Prepared, PreparedClaim
from claimgraph.store.questionrows import QuestionRow
from claimgraph.store.rows import ARTICLE_FIELDS, CLAIM_FIELDS

__all__ = ["article_line", "carried"]

_KNOWN = ("digest", "fingerprint", "path")
_CHECK = ', "check": "{}"}}'
_DIGITS = 32
_LENGTH = len(_CHECK.format("0" * _DIGITS))

_article_of = itemgetter(*ARTICLE_FIELDS)
_claim_of = itemgetter(*CLAIM_FIELDS)


def article_line(item: Prepared, by: str | None) -> dict[str, Any]:
    """Return an article with its claims as a JSON object.

    by: names the code that prepared it; None: the line carries nothing besides.
    """
    about = {name: item.row[name] for name in (*ARTICLE_FIELDS, *_KNOWN)}
    line = {**about, "claims": [dict(zip(CLAIM_FIELDS, made.row, strict=False)) for made in item.claims]}
    if by is None:
        return line
    line["ready"] = {"prints": _text(item.prints), "claims": list(map(_ready, item.claims))}
    return {**line, "check": _check(dump_line(line), by)}


def _ready(made: PreparedClaim) -> list[Any]:
    kept, more = made.kept, made.row[len(CLAIM_FIELDS) :]
    return [*more, kept.key, kept.year, kept.facets, _text(kept.sketch), sorted(kept.blocks), sorted(kept.words)]


def carried(line: str, by: str) -> Prepared | None:
    """Read what a line carries; None where it carries nothing, was changed, or other code wrote it.

    Raises:
        StoreError: the line says that it is ours, but it is not.
    """
    text = line.rstrip()
    check = text[-_LENGTH:]
    if check != _CHECK.format(_check(f"{text[:-_LENGTH]}}}", by)):
        return None
    try:
        return _prepared(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"a line is not what `claimgraph export --all` writes: {error}") from error


def _prepared(line: dict[str, Any]) -> Prepared:
    about = dict(zip(ARTICLE_FIELDS, _article_of(line), strict=True))
    known = {"digest": line["digest"], "fingerprint": line["fingerprint"], "claims": len(line["claims"])}
    row, claims = {**about, **known, "path": line["path"]}, []
    for item, ready in zip(line["claims"], line["ready"]["claims"], strict=True):
        value_class, origin, key, year, facets, sketch, blocks, words = ready
        kept = QuestionRow(key, year, facets, b64decode(sketch), frozenset(blocks), frozenset(words))
        claims.append(PreparedClaim(row, (*_claim_of(item), value_class, origin), kept))
    return Prepared(row, b64decode(line["ready"]["prints"]), tuple(claims))


def _check(text: str, by: str) -> str:
    content = text.encode(errors="surrogatepass")
    return hashlib.blake2b(content, key=by.encode(), digest_size=_DIGITS // 2).hexdigest()


def _text(data: bytes) -> str:
    return b64encode(data).decode()

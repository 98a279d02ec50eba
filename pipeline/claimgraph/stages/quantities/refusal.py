"""Numbers that are no claims: what needs their words, tags and entities to be seen."""

import re

from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Form, Kind

__all__ = ["is_refused"]

_PLACED_BEHIND = re.compile(
    r"\W{0,2}\s?(?:ago|earlier|later|before|after|from now|hence|since|prior|previously|on)\b", re.IGNORECASE
)
_PLACED_BEFORE = re.compile(
    r"\b(?:past|last|previous|next|preceding|first|coming|recent|final|same|following|latest|prior|subsequent|initial|"
    r"opening|those|ensuing)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"\b(?:in|within|every|after|since|until|by)\s(?:(?:about|around|nearly|almost|at least|more than|less than|just|"
    r"over|the|roughly|some|only|under|as little as)\s){0,2}$",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"[\s-]+(?:(?:high|low|average|anniversary|period|span|peak|mark|window|record|stretch|trend|moving|forecast|plan|outlook|bond|note|mortgage|loan|fixed|yield|"
    r"treasury|gilt|bill|futures|old)s?)\b",
    re.IGNORECASE,
)


def is_refused(site: Site, reading: Reading) -> bool:
    """Say whether a number that was read is no claim."""
    return _is_pronoun(site, reading) or _places_in_time(site, reading) or _is_name(site, reading)


def _is_pronoun(site: Site, reading: Reading) -> bool:
    """`one of the`, `one such`: `one` counts only where it stands before its noun."""
    if site.text.lower() != "one" or reading.kind is not Kind.COUNT:
        return False
    following = next(site.right(count=2), None)
    if following is not None and following.ent_type_ == "NORP":
        return False
    return re.match(
        r"\s(?:of|another|such|as|day|reason|way|thing|more|that|which|who|in|another|by)\b", site.after
    ) is not None or not (reading.noun and reading.sure)


def _places_in_time(site: Site, reading: Reading) -> bool:
    """`three days ago`, `over the past decade`, `in two weeks`, `a 16-year high`."""
    if reading.kind is not Kind.DURATION:
        return False
    behind = site.after[max(0, reading.end - site.mention.end) :]
    return bool(
        _PLACED_BEHIND.match(behind)
        or _PLACED_BEFORE.search(site.before)
        or (_IN_TIME.search(site.before) and not _is_measured(site))
        or _SPAN.match(behind)
    )


def _is_measured(site: Site) -> bool:
    """A fraction of a second or minute is a result: `ran it in 4.3 seconds`."""
    value = site.mention.low
    return value is not None and value != int(value)


def _is_name(site: Site, reading: Reading) -> bool:
    """`Boeing 737`, `iPhone 12`: a bare number behind a name that it belongs to."""
    if reading.kind is not Kind.COUNT or reading.noun is not None or site.mention.form is not Form.DIGITS:
        return False
    before = next(site.left(count=2), None)
    token = site.doc[site.first]
    return (
        before is not None
        and before.pos_ == "PROPN"
        and (token.ent_type_ in ("PRODUCT", "FAC", "WORK_OF_ART", "LAW", "ORG", "EVENT") and token.ent_iob_ == "I")
    )

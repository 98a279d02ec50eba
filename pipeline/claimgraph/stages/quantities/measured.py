"""Put reading, qualifier and change of one number together, in view of the number before it."""

from dataclasses import dataclass, replace

from claimgraph.records import Evidence, Quantity
from claimgraph.stages.quantities.change import Changed, Changes
from claimgraph.stages.quantities.qualifiers import Qualified, Qualifiers, bounds, in_brackets
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind, Qualifier

__all__ = ["Measured", "measure"]

_CONVERTED = frozenset({Kind.MONEY, Kind.MEASURE, Kind.RATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All that the stage knows of one number."""

    site: Site
    reading: Reading
    qualified: Qualified
    changed: Changed

    def quantity(self) -> Quantity:
        """Return the record."""
        mention, reading = self.site.mention, self.reading
        low, high = bounds(mention, reading, self.qualified.qualifier)
        decided = tuple(
            Evidence(field=field, rule=reading.rule, start=reading.start, end=reading.end) for field in ("kind", "unit")
        )
        return Quantity(
            start=mention.start,
            end=mention.end,
            low=low,
            high=high,
            kind=reading.kind,
            unit=reading.unit,
            qualifier=self.qualified.qualifier,
            change=self.changed.change,
            noun=reading.noun,
            evidence=(*decided, *self.qualified.evidence, *self.changed.evidence),
        )


def measure(
    site: Site, reading: Reading, before: Measured | None, qualifiers: Qualifiers, changes: Changes
) -> Measured:
    """Return what is known of a number; a conversion in brackets shares qualifier and change with its value."""
    qualified = qualifiers.find(site, reading)
    converts = before is not None and _converts(site, reading, before)
    if before is not None and converts and qualified.qualifier is Qualifier.EXACT:
        qualified = replace(before.qualified, start=reading.start)
    changed = changes.find(site, reading, qualified)
    if (
        before is not None
        and not changed.certain
        and (converts or changes.follows(site, reading, changed, (before.site, before.reading, before.changed)))
    ):
        changed = before.changed
    return Measured(site=site, reading=reading, qualified=qualified, changed=changed)


def _converts(site: Site, reading: Reading, before: Measured) -> bool:
    """`about 175 miles (280 km)`: the same value in another unit, in brackets behind it."""
    other = before.reading
    return (
        reading.kind in _CONVERTED
        and reading.kind is other.kind
        and reading.unit != other.unit
        and in_brackets(site, max(other.end, before.site.mention.end), reading.start)
    )

"""Values over publication time, drawn in the terminal."""

from decimal import Decimal

from rich.text import Text

from claimgraph.cli.output import visible
from claimgraph.cli.render import console
from claimgraph.graph.records import Interval
from claimgraph.graph.values import interval
from claimgraph.store.results import ObservationView, Value
from claimgraph.vocab import Label
from claimgraph.wording import about, day, say_value

__all__ = ["print_timeline"]

_WIDTH = 40  # characters of the scale
_STYLES = {Label.AGREE: "green", Label.UPDATE: "yellow", Label.CONTRADICT: "red"}


def print_timeline(view: ObservationView) -> None:
    """Draw one row a value, in the order of publication: date, the values that it allows on a common scale, outlet.

    Red rows contradict another one, yellow ones were moved on or moved another one on.
    """
    out = console()
    item = view.summary
    out.print(about(item.subject, item.entity, item.year, item.period, item.status), style="bold")
    spans = [interval(value.claim) for value in view.values]
    low, high = _scale(spans)
    for number, (value, span) in enumerate(zip(view.values, spans, strict=True)):
        out.print(_row(view, number, value, _bar(span, low, high)))
    out.print()


def _scale(spans: list[Interval]) -> tuple[Decimal, Decimal]:
    stated = [span.stated for span in spans]
    low, high = min(stated), max(stated)
    if low >= 0 and low < high / 2:
        low = Decimal(0)
    return (low, high) if high > low else (low - 1, high + 1)


def _bar(span: Interval, low: Decimal, high: Decimal) -> str:
    """Draw the values that a statement allows; an open end runs to the edge, the stated value is a dot."""

    def place(value: Decimal) -> int:
        return max(0, min(_WIDTH - 1, round((value - low) / (high - low) * (_WIDTH - 1))))

    cells = [" "] * _WIDTH
    first = 0 if span.low is None else place(span.low)
    last = _WIDTH - 1 if span.high is None else place(span.high)
    cells[first : last + 1] = "─" * (last + 1 - first)
    cells[place(span.stated)] = "●"
    return "".join(cells)


def _row(view: ObservationView, number: int, value: Value, bar: str) -> Text:
    labels = {item.label for item in view.related if number in (item.a, item.b)}
    style = _STYLES[next((label for label in (Label.CONTRADICT, Label.UPDATE) if label in labels), Label.AGREE)]
    text = Text(f"{day(value.claim.published):>12} ")
    text.append(f"▕{bar}▏", style=style)
    text.append(f" {say_value(value.claim)}", style="bold")
    names = ", ".join(value.outlets[:3]) or value.claim.article
    more = f" and {len(value.outlets) - 3} more" if len(value.outlets) > 3 else ""
    text.append(f"  {visible(names)}{more}", style="dim")
    return text

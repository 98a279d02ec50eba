from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimgraph.web.charts import Arrow, Band, Mark, series, timeline
from claimgraph.web.neighbourhood import Node, neighbourhood
from claimgraph.web.scales import NumberScale, compact

SVG = "{http://www.w3.org/2000/svg}"


def mark(value, when=date(2024, 1, 18), **fields):
    defaults = {"href": "/claim/x", "label": f"{value} (Paper)", "low": value, "high": value, "group": "Paper"}
    return Mark(value=value, when=when, **{**defaults, **fields})


def test_timeline_shows_each_value_with_link_and_words():
    marks = [mark(196.0), mark(800.0, when=None, group="Page", low=750.0, high=850.0)]
    tree = ElementTree.fromstring(
        timeline(
            marks,
            title="Defectors, 2023",
            unit="defectors",
            band=Band(value=196, low=196, high=196),
            arrows=[Arrow(source=0, target=1, label="contradict")],
        )
    )
    links = tree.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == ["/claim/x", "/claim/x"]
    assert [link.findtext(f"{SVG}title") for link in links] == ["196.0 (Paper)", "800.0 (Paper)"]
    assert tree.get("aria-label") == "Defectors, 2023"
    assert any(line.get("class") == "edge contradict" for line in tree.iter(f"{SVG}line"))
    assert "no date" in [text.text for text in tree.iter(f"{SVG}text")]


def test_hostile_words_stay_words():
    bad = '</title><script>alert(1)</script>\x00\ud800"'
    svg = timeline([mark(1.0, label=bad, group=bad)], title=bad, unit=bad)
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_series_and_neighbourhood_draw_what_they_are_given():
    years = ElementTree.fromstring(series([(2022, mark(67.0)), (2023, mark(196.0))], title="t", unit="u"))
    assert {"2022", "2023"} <= {text.text for text in years.iter(f"{SVG}text")}
    nodes = [Node(id="a", column=0, text="Article", kind="article"), Node(id="c", column=1, text="196", kind="claim")]
    picture = ElementTree.fromstring(neighbourhood(nodes, [("a", "c", "states")], title="t"))
    assert len(list(picture.iter(f"{SVG}rect"))) == 2


finite = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False)


@example([1.0, 2.2e-309])
@given(st.lists(finite, min_size=1, max_size=20))
def test_scale_keeps_order_and_stays_inside(values):
    scale = NumberScale.over(values, 300, 20)
    pixels = [scale(value) for value in sorted(values)]
    assert all(20 - 1e-6 <= pixel <= 300 + 1e-6 for pixel in pixels)
    assert all(a >= b - 1e-6 for a, b in zip(pixels, pixels[1:], strict=False))


@given(st.lists(st.tuples(finite, st.none() | st.dates()), min_size=1, max_size=8))
def test_any_marks_give_well_formed_pictures(pairs):
    ElementTree.fromstring(timeline([mark(v, when=d) for v, d in pairs], title="t", unit="u"))


@pytest.mark.parametrize(
    ("value", "text"), [(196, "196"), (1.2e9, "1.2bn"), (450_000, "450k"), (0.4, "0.4"), (9_500, "9,500")]
)
def test_compact_numbers_read_like_a_newspaper(value, text):
    assert compact(value) == text

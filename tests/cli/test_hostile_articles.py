"""Hostile articles go all the way: extracted, stored, asked for and exported, and nothing in them does anything."""

import csv
import io
import json
import math

import pytest

from claimgraph.graphs import Graph

DROP = "Robert'); DROP TABLE claim; --"
FORMULA = '=HYPERLINK("http://a.example","12")'
BODY = "The ferry company of Norrby carried 41,000 passengers in March 2021, the harbour office said on Monday."
HOSTILE = {
    "sql.txt": f"title: {DROP}\noutlet: {DROP}\nurl: https://a.example/'; DROP TABLE article; --\n\n{BODY}",
    "formula.txt": f"title: {FORMULA}\noutlet: @SUM(1)\n\n{FORMULA} was what 14 boats of Norrby were called in 2021.",
    "\x1b[31mred\nfile.txt": f"title: \x1b]0;owned\x07Ferries\noutlet: \x1b[2JCourier\n\n{BODY.replace('41', '43')}",
    "digits.txt": f"The harbour office of Norrby counted {'7' * 10_000} boats in 2021, and 12 of them sank.",
    "fraction.txt": f"The harbour office of Norrby counted 0.{'0' * 10_000}7 tonnes and 14 tonnes of herring in 2021.",
    "years.txt": "date: 0000-00-00\n\nIn 99999 the town of Norrby had 15 boats, on 31 February 0000 it had 16 boats.",
    "late.txt": "date: 99999-12-31\n\nThe town of Norrby had 17 boats last year and 18 boats in the year 0.",
    "nul.jsonl": json.dumps({"id": "n\0\ud800", "title": "\0", "text": f"A \0 and \udfff: {BODY}"}),
    "script.html": f"<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1><p>&lt;script&gt;alert(9)&lt;/script&gt; {BODY}</p>",
}


@pytest.fixture(scope="module")
def database(nlp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in HOSTILE.items():
        (folder / name).write_text(content, encoding="utf-8")
    path = tmp_path_factory.mktemp("store") / "graph.db"
    with Graph.open(str(path)) as graph:
        report = graph.ingest([folder], nlp)
    assert report.failed == ()
    assert report.new == len(HOSTILE)
    return path


COMMANDS = {
    "conflicts": ("conflicts",),
    "filter": ("conflicts", "--entity", DROP, "--outlet", "' OR 1=1 --", "--measure", "%_'\""),
    "ask": ("ask", "how many '; DROP TABLE claim; -- boats did Norrby have?"),
    "show": ("show", "red\\nfile"),
    "changes": ("changes",),
    "failures": ("failures",),
    "report": ("report",),
    "claims": ("export", "--format", "jsonl"),
    "csv": ("export", "--format", "csv"),
    "relations": ("export", "--relations", "--format", "jsonl"),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS.keys())
def test_nothing_in_an_article_does_anything(run, database, arguments, tmp_path):
    output = ("-o", tmp_path / "report.html") if arguments[0] == "report" else ()
    result = run(*arguments, "--db", database, *output)
    assert result.exit_code in (0, 1, 2), result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not {"\x1b", "\x07", "\0"} & set(result.output)
    if output:
        assert "<script>alert" not in output[1].read_text(encoding="utf-8")
    with Graph.open(str(database)) as graph:
        assert len(list(graph.claims())) > 10


def test_exported_claims_are_json_whose_offsets_are_true(run, database):
    lines = [
        json.loads(line, parse_constant=pytest.fail)
        for line in run("export", "--db", database, "--format", "jsonl").stdout.splitlines()
    ]
    values = {line["value_text"] for line in lines}
    assert {"41,000", "14", "12", "15", "17"} <= values
    assert all(math.isfinite(line["low"] or 0) and math.isfinite(line["high"] or 0) for line in lines)
    assert all(line["year"] is None or 1 <= line["year"] <= 9999 for line in lines)
    for line in lines:
        at = line["start"] - line["sentence_start"]
        assert line["sentence"][at:].startswith(line["value_text"])


def test_exported_cells_are_no_formulas(run, database):
    table = io.StringIO(run("export", "--db", database, "--format", "csv").stdout)
    cells = [cell for row in csv.reader(table) for cell in row]
    assert any("SUM(1)" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)

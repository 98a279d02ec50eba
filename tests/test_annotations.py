"""Annotations without texts become annotated articles again, and only with the texts that were annotated."""

import gzip
import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

_BUILD = Path(__file__).resolve().parents[1] / "models/annotations/build.py"
_TEXT = "title: Frost\noutlet: Herald\ndate: 2020-01-02\nurl: https://herald.test/1\n\nFrost killed 12 olive trees.\n"


@pytest.fixture
def build():
    spec = importlib.util.spec_from_file_location("build_annotations", _BUILD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shared(tmp_path):
    article = {"id": "herald:1", "title": "Frost", "outlet": "Herald", "date": "2020-01-02"}
    article |= {"url": "https://herald.test/1", "text": "Frost killed 12 olive trees."}
    (tmp_path / "bulk").mkdir()
    (tmp_path / "html").mkdir()
    (tmp_path / "html/index.jsonl").write_text("")
    with gzip.open(tmp_path / "bulk/articles.jsonl.gz", "wt", encoding="utf-8") as sink:
        sink.write(json.dumps(article) + "\n")
    return tmp_path


def annotated(tmp_path, text):
    start = text.index("Frost killed")
    claim = {"id": "c1", "sentence": {"at": [start, len(text) - 1]}, "entity": [{"at": [7, 12]}, "Peru"], "year": 2020}
    digest = hashlib.sha256(text.encode()).hexdigest()
    line = {"article": "frost", "text": "herald:1", "sha256": digest, "claims": [claim]}
    path = tmp_path / "trained-x.jsonl"
    path.write_text(json.dumps(line) + "\n")
    return path


def test_places_in_a_text_become_its_words(build, shared):
    ((name, text, claims),) = build.build(annotated(shared, _TEXT), build.read_texts(shared))
    (claim,) = json.loads(claims)["claims"]
    assert (name, text) == ("frost", _TEXT)
    assert claim["sentence"] == "Frost killed 12 olive trees."
    assert claim["entity"] == ["Frost", "Peru"]


def test_another_text_than_the_annotated_one_is_refused_by_name(build, shared):
    with pytest.raises(SystemExit, match="frost is not the text that was annotated"):
        list(build.build(annotated(shared, _TEXT.replace("12", "13")), build.read_texts(shared)))


def test_what_is_shipped_fits_the_texts_beside_the_project(build, gold):
    texts = build.read_texts(gold.parent)
    for path in sorted(_BUILD.parent.glob("*.jsonl")):
        for name, text, claims in build.build(path, texts):
            for claim in json.loads(claims)["claims"]:
                assert claim["sentence"] in text, name
                assert claim["value_text"] in claim["sentence"], name

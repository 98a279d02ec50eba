"""Put annotated articles together from their texts and these annotations, which hold no text.

    python models/annotations/build.py ../shared OUT [FOLDER.jsonl ...]

Reads the articles of `../shared/bulk` and `../shared/html` that the annotations name, and writes
OUT/FOLDER/articles/*.txt and claims/*.json in the format of the gold guidelines: what the trainers in `models/` take
as a second root. An article whose text has another digest than the one annotated stops the work.
"""

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def read_texts(shared: Path) -> dict[str, dict[str, str]]:
    """Return title, outlet, date, url and text of every article of the two collections, by id or file name."""
    with gzip.open(shared / "bulk/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = {article["id"]: article for article in map(json.loads, lines)}
    for line in (shared / "html/index.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        body = shared / "html" / page["file"].replace(".html.gz", ".gold.txt")
        if body.exists():
            text = body.read_text(encoding="utf-8").strip()
            found[page["file"]] = page | {"text": text.removeprefix(page["title"].strip()).strip()}
    return found


def article_of(found: dict[str, str]) -> str:
    """Write an article with its header, as the gold has them."""
    header = "".join(f"{field}: {found[field]}\n" for field in ("title", "outlet", "date", "url"))
    return f"{header}\n{found['text']}\n"


def filled(value: Any, text: str) -> Any:
    """Put the text where the annotation has its place, `{"at": [start, end]}`; leave the rest."""
    if isinstance(value, list):
        return [filled(item, text) for item in value]
    if isinstance(value, dict) and set(value) == {"at"}:
        return text[slice(*value["at"])]
    return value


def build(path: Path, texts: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield name, text and claims of every article of one file.

    Raises:
        SystemExit: an article is missing or not the one that was annotated.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        annotated = json.loads(line)
        found = texts.get(annotated["text"])
        text = article_of(found) if found else ""
        if hashlib.sha256(text.encode()).hexdigest() != annotated["sha256"]:
            raise SystemExit(f"{path.name}: {annotated['article']} is not the text that was annotated")
        claims = [{field: filled(value, text) for field, value in claim.items()} for claim in annotated["claims"]]
        written = json.dumps({"article": annotated["article"], "claims": claims}, ensure_ascii=False, indent=1)
        yield annotated["article"], text, f"{written}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="*", help="annotations; all that were trained on when none are named")
    args = parser.parse_args()
    texts = read_texts(args.shared)
    for path in args.files or sorted(HERE.glob("trained-*.jsonl")):
        for folder in ("articles", "claims"):
            (args.out / path.stem / folder).mkdir(parents=True, exist_ok=True)
        for name, text, claims in build(path, texts):
            (args.out / path.stem / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
            (args.out / path.stem / "claims" / f"{name}.json").write_text(claims, encoding="utf-8")


if __name__ == "__main__":
    main()

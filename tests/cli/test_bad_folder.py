"""A folder as real folders are: what is no article is named with its reason, and stops nothing."""

import ctypes
import json
import os

import pytest

STORY = "title: Ferries\ndate: 2024-04-02\n\nThe ferry company of Norrby carried 41,000 passengers in March 2024.\n"
CAFE = "The café owners of Norrby hired 230 waiters in March 2024, the guild of the town said on Monday evening.\n"


def obey_permissions():
    """Take from root the right to open what it may not (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH); for the child alone."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):
            if libc.prctl(24, capability, 0, 0, 0):
                os._exit(77)


@pytest.fixture
def folder(tmp_path):
    news = tmp_path / "news"
    closed = news / "closed"
    closed.mkdir(parents=True)
    (closed / "hidden.txt").write_text(STORY)
    (news / "good.txt").write_text(STORY)
    (news / "latin.txt").write_bytes(CAFE.encode("latin-1"))
    (news / "empty.txt").write_text("")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (news / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (news / "digits.txt").write_bytes(b"7" * 50_000_000)
    (news / "broken.html").write_text("<html><div <p></table>&#xFFFFFFF;<title>")
    closed.chmod(0)
    yield news
    closed.chmod(0o700)


@pytest.fixture
def claimgraph(terminal, folder):
    def call(*arguments):
        process = terminal(*arguments, preexec_fn=obey_permissions)
        out, err = process.communicate(timeout=120)
        if process.returncode == 77:
            pytest.skip("root may not give its rights away here")
        return process.returncode, out, err

    return call


REASONS = {
    "empty.txt": "empty",
    "binary.txt": "binary, not text",
    "digits.txt": "larger than 32 MB",
    "broken.html": "no article found",
    "closed": "Permission denied; allow reading it",
}


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other permissions")
def test_good_article_gets_in_and_every_other_file_is_named_with_its_reason(claimgraph, folder, tmp_path):
    report, database = tmp_path / "run.json", tmp_path / "graph.db"
    code, out, err = claimgraph("ingest", folder, "--db", database, "--report", report, "--workers", 1)
    assert code == 1
    record = json.loads(report.read_text())
    failed = {os.path.basename(item["article"]): item["problem"] for item in record["failed"]}
    assert failed.keys() == REASONS.keys()
    assert all(REASONS[name] in failed[name] for name in REASONS)
    assert all(name in out for name in REASONS)
    assert "passed over: 1 file with unknown endings: photo.png" in err
    assert record["passed"]["counts"] == {"not a format that we read": 1}
    assert record["passed"]["files"][0]["path"].endswith("photo.png")
    _, lines, _ = claimgraph("export", "--db", database)
    claims = [json.loads(line) for line in lines.splitlines()]
    assert {claim["article"] for claim in claims} == {"good", "latin"}
    assert any("café" in claim["sentence"] for claim in claims)


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other permissions")
def test_extract_names_them_too(claimgraph, folder):
    code, out, err = claimgraph("extract", folder, "--workers", 1)
    assert code == 1
    assert {json.loads(line)["article"] for line in out.splitlines()} == {"good", "latin"}
    assert all(name in err and reason in err for name, reason in REASONS.items())
    assert "photo.png" in err

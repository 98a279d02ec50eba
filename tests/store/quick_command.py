"""`claimgraph` as a process, with an extractor that needs no language model: `python quick_command.py GATE ARGUMENT…`.

GATE: a file; while it is there, the run stands still behind its first article.
"""

import sys
import time
from pathlib import Path

from generated import extract

from claimgraph import extraction
from claimgraph.cli.main import run


def main() -> None:
    """Run the command line."""
    gate = Path(sys.argv.pop(1))

    def gated(articles, *_, **__):
        for number, done in enumerate(extract(articles)):
            while number and gate.exists():
                time.sleep(0.02)
            yield done

    extraction.extract_each = gated
    run()


if __name__ == "__main__":
    main()

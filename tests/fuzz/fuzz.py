"""Fuzz with coverage as the guide: `python tests/fuzz/fuzz.py numbers|readers [FOLDER] [libFuzzer options]`.

Inputs that reach new code are kept in FOLDER (a temporary one if not given); a finding ends the run with exit code 77,
its traceback, and the input as a file. Put that into tests/fuzz/found, where test_fuzz.py tries it ever after.
"""

import os
import sys
import tempfile
import warnings
from pathlib import Path


def main() -> None:
    """Fuzz the target that is named."""
    import atheris

    with atheris.instrument_imports(include=["claimgraph.reading", "claimgraph.stages.numbers"]):
        from targets import TARGETS, seeds, timed
    name, options = sys.argv[1], sys.argv[2:]
    folders = [option for option in options if not option.startswith("-")]
    with tempfile.TemporaryDirectory(prefix="cg-fuzz-") as place:
        begin = Path(place) / "seeds"
        begin.mkdir()
        for number, seed in enumerate(seeds(name)):
            (begin / str(number)).write_bytes(seed)
        kept = folders or [os.fspath(Path(place) / "kept")]
        Path(kept[0]).mkdir(exist_ok=True, parents=True)
        flags = [option for option in options if option.startswith("-")]
        warnings.simplefilter("ignore")
        atheris.Setup([sys.argv[0], *kept, os.fspath(begin), "-max_len=4096", *flags], timed(TARGETS[name]))
        atheris.Fuzz()


if __name__ == "__main__":
    main()

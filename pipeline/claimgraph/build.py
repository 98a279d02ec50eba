"""Config to spaCy pipeline; refuses an order in which a stage would read what nobody has written."""

from importlib import resources

from spacy.language import Language
from spacy.util import load_model_from_config
from thinc.api import Config

from claimgraph.errors import ConfigError, StageOrderError
from claimgraph.stages import (  # noqa: F401  importing one registers its factory
    attribution,
    claims,
    numbers,
    parse,
    quantities,
    relative,
    segment,
    stance,
    timing,
    tokens,
    topics,
)
from claimgraph.stages.base import STAGES

__all__ = ["build", "check_order"]


def build(overrides: dict[str, object] | None = None) -> Language:
    """Build the pipeline of `data/default.cfg`.

    Args:
        overrides: dotted keys of the config with their new values, such as
            `{"components.claimgraph_parse.gate": False}`.

    Raises:
        ConfigError: a key or value that a stage does not take.
        StageOrderError: a stage stands before the one whose record it reads.
    """
    text = resources.files("claimgraph").joinpath("data/default.cfg").read_text(encoding="utf-8")
    config = Config().from_str(text)
    for key, value in (overrides or {}).items():
        *path, last = key.split(".")
        section: dict[str, object] = config
        for part in path:
            inner = section.get(part)
            if not isinstance(inner, dict):
                raise ConfigError(key, value, f"sections of data/default.cfg: {sorted(section)}")
            section = inner
        section[last] = value
    try:
        nlp = load_model_from_config(config, auto_fill=True)
    except ValueError as error:
        raise ConfigError("pipeline config", overrides, str(error)) from error
    check_order(nlp)
    return nlp


def check_order(nlp: Language) -> None:
    """Refuse a pipeline in which a stage reads a record that no stage before it writes.

    Raises:
        StageOrderError: names the stage, what it reads and who should have written it.
    """
    written: set[type] = set()
    for name in nlp.pipe_names:
        reads, writes = STAGES.get(nlp.get_pipe_meta(name).factory, ((), None))
        for record in reads:
            if record not in written:
                writer = next((n for n, (_, w) in STAGES.items() if w is record), "a stage")
                raise StageOrderError(name, record.__name__, writer)
        if writes is not None:
            written.add(writes)

"""Views to HTML, through templates that escape everything."""

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from claimgraph.web.links import Links, slug
from claimgraph.wording import day

__all__ = ["render", "stylesheet"]


def _is_web(url: str) -> bool:
    """Say whether an address from an article may become a link: http and https alone, never a script."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _printable(text: object) -> str:
    """Replace lone surrogates, which no encoding of a page can hold."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


def _moment(made: str) -> str:
    """Write a moment for readers, to the minute; as it is where it is none."""
    try:
        found = datetime.fromisoformat(made)
    except ValueError:
        return made
    return f"{day(made)}, {found:%H:%M}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("claimgraph.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day, "moment": _moment, "is_web": _is_web, "slug": slug}
    environment.finalize = _finalize
    return environment


def _finalize(value: object) -> object:
    """Keep markup as it is, make text printable."""
    return _printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def stylesheet() -> str:
    """Return the one style sheet."""
    return resources.files("claimgraph.web").joinpath("static/style.css").read_text(encoding="utf-8")


def render(
    template: str, *, links: Links, prefix: str = "", inline: bool = False, can_judge: bool = False, **values: Any
) -> str:
    """Draw a page.

    Args:
        template: file name under `templates/`.
        links: where links point to.
        prefix: where the explorer is mounted.
        inline: put the style into the page; for a file that stands alone.
        can_judge: whether judgements can be sent.
        values: what the template shows.
    """
    style = stylesheet() if inline else None
    page = _environment().get_template(template)
    return page.render(links=links, prefix=prefix, inline_style=style, can_judge=can_judge, **values)

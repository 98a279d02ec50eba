"""What the owners of sites allow (robots.txt, RFC 9309)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from claimgraph.errors import FetchError
from claimgraph.fetching.client import Response, location

__all__ = ["Robots"]

_REDIRECTS = 5
_BYTES = 500 * 1024  # as much as the standard says must be read
_LONGEST_DELAY = 60.0  # a Crawl-delay beyond this is taken for this: some sites write a day


class Robots:
    """The rules of every site, each read once in a run."""

    def __init__(self, ask: Callable[[str], Response], agent: str) -> None:
        """Make the rules of no site yet.

        Args:
            ask: gives the answer at an address; redirects are not followed.
            agent: the name under which we look for rules.
        """
        self._ask, self._agent = ask, agent
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> None:
        """Refuse an address that its site does not want to be asked for.

        Raises:
            FetchError: the rules forbid it, or cannot be read now, which forbids everything.
        """
        rules = self._rules_of(url)
        if isinstance(rules, FetchError):
            raise FetchError(url, rules.problem, None, False)
        if not rules.can_fetch(url, self._agent):
            raise FetchError(url, "its site does not want it to be fetched (robots.txt)")

    def delay(self, url: str) -> float:
        """Give the seconds that a site wants between two requests; 0 if it does not say."""
        rules = self._rules_of(url)
        said = None if isinstance(rules, FetchError) else rules.crawl_delay(self._agent)
        return min(float(said or 0), _LONGEST_DELAY)

    def _rules_of(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            try:
                self._rules[site] = self._read(f"{site}/robots.txt")
            except FetchError as error:
                self._rules[site] = FetchError(url, f"its site's robots.txt cannot be read: {error.problem}")
        return self._rules[site]

    def _read(self, url: str) -> Protego:
        for _ in range(_REDIRECTS + 1):
            response = self._ask(url)
            onwards = location(response)
            if onwards is None:
                return _parsed(url, response)
            url = onwards
        return Protego.parse("")  # the standard: more redirects than five mean that there are no rules


def _parsed(url: str, response: Response) -> Protego:
    if response.status == 429 or response.status >= 500:
        raise FetchError(url, f"the server answers {response.status}, so nothing of it is asked now")
    text = response.body[:_BYTES].decode("utf-8", "replace") if response.status == 200 else ""
    return Protego.parse(text)

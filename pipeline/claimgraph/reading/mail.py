"""Mail (`.eml`): newsletters and press releases as they were received."""

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr

from claimgraph.errors import ArticleError
from claimgraph.reading.dates import parse_published
from claimgraph.reading.decode import decode
from claimgraph.reading.markup import text_of_fragment
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["read_mail"]

_SCRAP = 200  # characters: a plain part that short only says that the mail is HTML
_HEADER_CHARS = 2_000  # of one header; the parser of the standard library takes the square of the time for more


class _Bounded(EmailPolicy):
    """Reads the beginning of every header."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Split the lines of a header into name and value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_CHARS]


def read_mail(given: Input) -> Iterator[Article]:
    """Read one mail: subject, sender and date are title, outlet and publication; attachments are left alone."""
    try:
        yield _read(given)
    except RecursionError as error:
        raise ArticleError(given.name, "mails within mails, nested too deeply; save the inner one alone") from error


def _read(given: Input) -> Article:
    message = message_from_bytes(given.data, policy=_Bounded())
    if not isinstance(message, EmailMessage):
        raise ArticleError(given.name, "not a mail; save it as .eml with its headers")
    plain, html = _part(message, "plain", given.name), _part(message, "html", given.name)
    body = plain if len(plain) > _SCRAP or not html else text_of_fragment(html)
    sender, address = parseaddr(_header(message, "from"))
    return Article(
        id=given.id,
        title=_header(message, "subject"),
        body=body,
        outlet=sender or address.rpartition("@")[2] or None,
        published=parse_published(_header(message, "date")),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (MessageError, ValueError, IndexError, AttributeError, TypeError, OverflowError, RecursionError):
        return ""  # the parser of the standard library trips over damaged headers


def _part(message: EmailMessage, kind: str, name: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    content = part.get_payload(decode=True) if part is not None else None
    return decode(content, name, part.get_content_charset()) if part is not None and isinstance(content, bytes) else ""

"""Whether a request that would change something comes from our own page, of the person who reads it.

Three checks, each enough against another site alone: the cookie is sent by our own site only (SameSite=Strict), the
form holds the same random token as the cookie, and the browser names our own address as the origin of the request.
"""

from hmac import compare_digest
from secrets import token_urlsafe
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["AUTHOR", "TOKEN", "author_of", "check", "give_cookie", "read_form", "token_of"]

TOKEN = "claimgraph_token"  # noqa: S105 - a cookie's name
AUTHOR = "claimgraph_author"  # who judged last in this browser, so that the form need not ask again
_LARGEST = 64_000  # bytes of a form
_YEAR = 365 * 24 * 3600


async def read_form(request: Request) -> dict[str, str]:
    """Read a form that was sent; its last value for each name.

    Raises:
        HTTPException: it is no form, or too large for one of ours.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "A form is expected.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise HTTPException(413, "That is too much text for a note.")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


def token_of(request: Request) -> str:
    """Return the token that this browser has, or a new one."""
    return request.cookies.get(TOKEN) or token_urlsafe(24)


def author_of(request: Request) -> str:
    """Return the name under which this browser judged last."""
    return unquote(request.cookies.get(AUTHOR, ""))


def give_cookie(response: Response, name: str, value: str, prefix: str) -> None:
    """Give the browser a cookie that only our own pages see, and no script."""
    path = f"{prefix}/"
    response.set_cookie(name, value, max_age=_YEAR, path=path, httponly=True, samesite="strict")


def check(request: Request, form: dict[str, str], trusted: frozenset[str]) -> None:
    """Refuse a form that another site may have sent.

    Args:
        request: that brought the form.
        form: as read.
        trusted: host names that were named on the command line, for proxies that rewrite the Host header.

    Raises:
        HTTPException: the token is missing or another's, or the form comes from elsewhere.
    """
    cookie, sent = request.cookies.get(TOKEN, ""), form.get("token", "")
    if not cookie or not compare_digest(cookie.encode(), sent.encode("utf-8", "replace")):
        raise HTTPException(403, "This form is too old, or cookies are switched off. Open its page again.")
    origin = request.headers.get("origin", "")
    if not _is_ours(origin, request.headers.get("host", ""), trusted):
        raise HTTPException(403, "Only this explorer's own pages may send judgements.")


def _is_ours(origin: str, host: str, trusted: frozenset[str]) -> bool:
    try:
        found = urlsplit(origin)
        return found.scheme in ("http", "https") and (found.netloc == host or found.hostname in trusted)
    except ValueError:
        return False

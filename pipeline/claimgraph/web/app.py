"""The explorer: a local web page over a claim graph.

Reads, and takes judgements where it is told how to store them. Every page has a JSON twin at the same address
(`?format=json`, or `Accept: application/json`) and, where it holds a table, CSV (`?format=csv`). Nothing is loaded from
elsewhere; the Content-Security-Policy forbids it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimgraph.errors import ConfigError, StoreError
from claimgraph.graphs import Graph
from claimgraph.vocab import Ruling
from claimgraph.web import guard, tables
from claimgraph.web.changing import changes_page
from claimgraph.web.gather import Gatherer
from claimgraph.web.judging import judge_page, judgements_page
from claimgraph.web.links import PageLinks, quoted
from claimgraph.web.pages import render
from claimgraph.web.views import Filters, ListPage, as_data

__all__ = ["Judging", "make_app"]

_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # not `no-referrer`: with it browsers send `Origin: null` with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_CHANGES = {"html": 30, "json": 1_000, "csv": 10_000}  # changes at most, by format
_LONGEST = {"author": 100, "note": 2_000}  # characters of what a person writes


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """How judgements are stored.

    writer: opens the graph for writing, for one judgement. now: gives the moment, ISO 8601.
    trusted: host names of proxies that rewrite the Host header.
    """

    writer: Callable[[], AbstractContextManager[Graph]]
    now: Callable[[], str]
    trusted: frozenset[str] = frozenset()


class _SafeHeaders:
    """Add the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers)


def make_app(
    graph: Graph,
    *,
    hosts: Iterable[str] = ("127.0.0.1", "localhost", "[::1]"),
    prefix: str = "",
    judging: Judging | None = None,
) -> Starlette:
    """Make the explorer's ASGI application; `state.warm()` does once what the first view would wait for.

    Args:
        graph: an open claim graph.
        hosts: names that the Host header may have; any other is refused, so that no other site's page can read ours.
        prefix: where a proxy has mounted the explorer (`/claims`), without a slash at its end.
        judging: how judgements are stored; without it nothing can be changed.
    """
    explorer = Explorer(graph, prefix, judging)
    static = StaticFiles(directory=str(resources.files("claimgraph.web").joinpath("static")))
    pages = {
        "/": explorer.start,
        "/observation/{key}": explorer.observation,
        "/article": explorer.article,
        "/articles": explorer.articles,
        "/outlet": explorer.outlet,
        "/entity": explorer.entity,
        "/claim/{id}": explorer.claim,
        "/changes": explorer.changes,
        "/judgements": explorer.judgements,
        "/judge": explorer.judge,
    }
    routes = [Route(path, _page(handler)) for path, handler in pages.items()]
    posts = {"/judge": explorer.store, "/withdraw": explorer.withdraw}
    routes += [Route(path, explorer.form(handler), methods=["POST"]) for path, handler in posts.items()]
    middleware = [
        Middleware(_SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]
    handlers: Mapping[Any, Any] = {HTTPException: explorer.failed, StoreError: explorer.broken}
    app = Starlette(routes=[*routes, Mount("/static", static)], middleware=middleware, exception_handlers=handlers)
    app.state.warm = explorer.warm
    return app


def _page(handler: Callable[[Request], Response]) -> Callable[[Request], Any]:
    """Run a handler in a thread: the store blocks."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handler, request)

    return endpoint


class Explorer:
    """The handlers; each reads the request, gathers one view and answers in the format that was asked for."""

    def __init__(self, graph: Graph, prefix: str, judging: Judging | None) -> None:
        self.graph, self.links, self.prefix, self.judging = graph, PageLinks(prefix), prefix, judging
        self.gatherer = Gatherer(graph, self.links)
        self.render = partial(render, links=self.links, prefix=prefix, can_judge=judging is not None)

    def warm(self) -> None:
        """Count the graph, load units and templates."""
        with suppress(StoreError):  # whoever opens a page is told
            page = self.gatherer.start(Filters())
            self.render("start.html", page=page, with_format=str, turned=str)
            for key in [*(card.observation for card in page.conflicts[:1]), *(row.key for row in page.rows[:1])]:
                self.gatherer.observation(key)

    def form(self, handler: Callable[[Request, dict[str, str]], Response]) -> Callable[[Request], Any]:
        """Take a form that our own page sent, then run a handler in a thread."""

        async def endpoint(request: Request) -> Response:
            if self.judging is None:
                raise HTTPException(403, "This explorer is read-only: it was started with --read-only.")
            sent = await guard.read_form(request)
            guard.check(request, sent, self.judging.trusted)
            return await run_in_threadpool(handler, request, sent)

        return endpoint

    def start(self, request: Request) -> Response:
        given = request.query_params
        names = ("entity", "measure", "year", "outlet", "kind", "since")
        filters = Filters(text=given.get("q", "")[:200], **{name: given.get(name, "")[:200] for name in names})
        page = given.get("page", "1")
        view = self.gatherer.start(filters, page=max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1)

        def turned(to: int) -> str:
            return f"{self.prefix}{request.url.path}?{request.url.include_query_params(page=to).query}"

        return self.answer(request, "start.html", view, tables.conflict_table(view), turned=turned)

    def observation(self, request: Request) -> Response:
        view = self.gatherer.observation(request.path_params["key"])
        if view is None:
            raise HTTPException(404, "There is no such observation. It may have been merged into another one.")
        return self.answer(request, "observation.html", view, tables.statement_table(view))

    def article(self, request: Request) -> Response:
        view = self.gatherer.article(request.query_params.get("id", ""))
        if view is None:
            raise HTTPException(404, "There is no article of that id.")
        return self.answer(request, "article.html", view, tables.mention_table(view))

    def articles(self, request: Request) -> Response:
        view = self.gatherer.articles(request.query_params.get("after", ""))
        more = f"{self.links.articles()}?after={quoted(view.articles[-1].id)}" if len(view.articles) == 100 else ""
        return self.list(request, view, more)

    def outlet(self, request: Request) -> Response:
        return self.list(request, self.gatherer.outlet(request.query_params.get("name", "")), "")

    def entity(self, request: Request) -> Response:
        return self.list(request, self.gatherer.entity(request.query_params.get("name", "")), "")

    def list(self, request: Request, view: ListPage, more: str) -> Response:
        return self.answer(request, "list.html", view, tables.list_table(view), more=more)

    def claim(self, request: Request) -> Response:
        found = self.graph.claim(request.path_params["id"])
        if found is None:
            raise HTTPException(404, "There is no claim of that id. Its article may have changed.")
        return RedirectResponse(self.links.claim(found.id, found.article))

    def changes(self, request: Request) -> Response:
        since = request.query_params.get("since", "")[:40]
        view = changes_page(self.graph, since, limit=_CHANGES[_form(request) or "html"])
        return self.answer(request, "changes.html", view, tables.change_table(view))

    def judgements(self, request: Request) -> Response:
        view, token = judgements_page(self.graph), guard.token_of(request)
        answer = self.answer(request, "judgements.html", view, tables.judgement_table(view), token=token)
        guard.give_cookie(answer, guard.TOKEN, token, self.prefix)
        return answer

    def judge(self, request: Request) -> Response:
        if self.judging is None:
            raise HTTPException(403, "This explorer is read-only: it was started with --read-only.")
        given, token = request.query_params, guard.token_of(request)
        claim, other, words = given.get("claim", ""), given.get("other", ""), given.get("q", "")[:200]
        view = judge_page(self.graph, claim, other=other, words=words)
        if view is None:
            raise HTTPException(404, "There is no claim of that id. Its article may have changed.")
        shown = {"token": token, "author": guard.author_of(request), "ruling": given.get("ruling", "")}
        answer = self.answer(request, "judge.html", view, tables.judge_table(view), **shown)
        guard.give_cookie(answer, guard.TOKEN, token, self.prefix)
        return answer

    def store(self, request: Request, sent: Mapping[str, str]) -> Response:
        """Store a judgement, then show where its first claim is now."""
        author, note = (" ".join(sent.get(name, "").split())[:most] for name, most in _LONGEST.items())
        if not author:
            raise HTTPException(400, "A judgement needs a name: whoever reads it later wants to know whose it is.")
        ruling, claim = _ruling(sent.get("ruling", "")), sent.get("claim", "")
        other = None if ruling is Ruling.WRONG else sent.get("other") or None
        if ruling is not Ruling.WRONG and other is None:
            raise HTTPException(400, "Choose the other claim.")
        assert self.judging  # noqa: S101 - form() has looked
        with self.judging.writer() as graph:
            try:
                graph.judge(ruling, claim, other, author=author, made=self.judging.now(), note=note)
            except ConfigError as error:
                raise HTTPException(400, str(error)) from error
            key = graph.observation_of(claim) or ""
        answer = RedirectResponse(self.links.observation(key), status_code=303)
        guard.give_cookie(answer, guard.AUTHOR, quoted(author), self.prefix)
        return answer

    def withdraw(self, request: Request, sent: Mapping[str, str]) -> Response:
        assert self.judging  # noqa: S101 - form() has looked
        with self.judging.writer() as graph:
            if not graph.withdraw(sent.get("judgement", "")):
                raise HTTPException(404, "There is no judgement of that id; somebody may have taken it back already.")
        return RedirectResponse(f"{self.prefix}/judgements", status_code=303)

    def answer(self, request: Request, template: str, view: Any, table: tables.Table, **shown: Any) -> Response:
        """Answer with a page, its JSON twin or its table."""
        form = _form(request)
        if form == "json":
            text = json.dumps(as_data(view), ensure_ascii=False, default=str)
            return Response(text.encode("utf-8", "replace"), media_type="application/json", headers=_BY_ACCEPT)
        if form == "csv":
            return Response(tables.as_csv(table), media_type="text/csv; charset=utf-8")

        def with_format(name: str) -> str:
            return f"{self.prefix}{request.url.path}?{request.url.include_query_params(format=name).query}"

        return HTMLResponse(self.render(template, with_format=with_format, page=view, **shown), headers=_BY_ACCEPT)

    async def failed(self, request: Request, error: HTTPException) -> Response:
        if "application/json" in request.headers.get("accept", "") or request.query_params.get("format") == "json":
            return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)
        heading = "Not found" if error.status_code == 404 else "This cannot be shown"
        heading = "This was not stored" if request.method == "POST" else heading
        text = self.render("message.html", heading=heading, words=error.detail)
        return HTMLResponse(text, status_code=error.status_code, headers=error.headers)

    async def broken(self, request: Request, error: StoreError) -> Response:
        text = self.render("message.html", heading="The store cannot be read", words=str(error))
        return HTMLResponse(text, status_code=503)


# one address answers with HTML or JSON by the Accept header
_BY_ACCEPT = {"vary": "accept"}


def _form(request: Request) -> str:
    """Return the format that is asked for: `json`, `csv`, or nothing for a page."""
    form = request.query_params.get("format", "")
    if form not in ("", "json", "csv"):
        raise HTTPException(400, "format is json or csv.")
    return form or ("json" if "application/json" in request.headers.get("accept", "") else "")


def _ruling(text: str) -> Ruling:
    try:
        return Ruling(text)
    except ValueError as error:
        raise HTTPException(400, "Choose what you say: wrong, same or different.") from error

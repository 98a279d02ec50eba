"""The explorer: a local web page over a claim graph.

Reads only. Every page has a JSON twin at the same address (`?format=json`, or `Accept: application/json`) and, where
it holds a table, CSV (`?format=csv`). Nothing is loaded from elsewhere; the Content-Security-Policy forbids it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimgraph.errors import StoreError
from claimgraph.graphs import Graph
from claimgraph.web.gather import Gatherer
from claimgraph.web.links import PageLinks, quoted
from claimgraph.web.pages import render
from claimgraph.web.tables import Table, as_csv, conflict_table, list_table, mention_table, statement_table
from claimgraph.web.views import Filters, ListPage, as_data

__all__ = ["make_app"]

_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


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
    graph: Graph, *, hosts: Iterable[str] = ("127.0.0.1", "localhost", "[::1]"), prefix: str = ""
) -> Starlette:
    """Make the explorer's ASGI application.

    Args:
        graph: an open claim graph.
        hosts: names that the Host header may have; any other is refused, so that no other site's page can read ours.
        prefix: where a proxy has mounted the explorer (`/claims`), without a slash at its end.
    """
    explorer = _Explorer(graph, prefix)
    static = StaticFiles(directory=str(resources.files("claimgraph.web").joinpath("static")))
    routes = [
        Route("/", explorer.page(explorer.start)),
        Route("/observation/{key}", explorer.page(explorer.observation)),
        Route("/article", explorer.page(explorer.article)),
        Route("/articles", explorer.page(explorer.articles)),
        Route("/outlet", explorer.page(explorer.outlet)),
        Route("/entity", explorer.page(explorer.entity)),
        Route("/claim/{id}", explorer.page(explorer.claim)),
        Mount("/static", static),
    ]
    middleware = [
        Middleware(_SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]
    handlers: Mapping[Any, Any] = {HTTPException: explorer.failed, StoreError: explorer.broken}
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)


class _Explorer:
    """The handlers; each reads the request, gathers one view and answers in the format that was asked for."""

    def __init__(self, graph: Graph, prefix: str) -> None:
        self.graph, self.links, self.prefix = graph, PageLinks(prefix), prefix
        self.gatherer = Gatherer(graph, self.links)

    def page(self, handler: Callable[[Request], Response]) -> Callable[[Request], Any]:
        """Run a handler in a thread: the store blocks."""

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(handler, request)

        return endpoint

    def start(self, request: Request) -> Response:
        given = request.query_params
        names = ("entity", "measure", "year", "outlet", "kind", "since")
        filters = Filters(text=given.get("q", "")[:200], **{name: given.get(name, "")[:200] for name in names})
        page = given.get("page", "1")
        view = self.gatherer.start(filters, page=max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1)

        def turned(to: int) -> str:
            return f"{self.prefix}{request.url.path}?{request.url.include_query_params(page=to).query}"

        return self.answer(request, "start.html", view, conflict_table(view), page=view, turned=turned)

    def observation(self, request: Request) -> Response:
        view = self.gatherer.observation(request.path_params["key"])
        if view is None:
            raise HTTPException(404, "There is no such observation. It may have been merged into another one.")
        return self.answer(request, "observation.html", view, statement_table(view), page=view)

    def article(self, request: Request) -> Response:
        view = self.gatherer.article(request.query_params.get("id", ""))
        if view is None:
            raise HTTPException(404, "There is no article of that id.")
        return self.answer(request, "article.html", view, mention_table(view), page=view)

    def articles(self, request: Request) -> Response:
        view = self.gatherer.articles(request.query_params.get("after", ""))
        more = f"{self.links.articles()}?after={quoted(view.articles[-1].id)}" if len(view.articles) == 100 else ""
        return self.list(request, view, more)

    def outlet(self, request: Request) -> Response:
        return self.list(request, self.gatherer.outlet(request.query_params.get("name", "")), "")

    def entity(self, request: Request) -> Response:
        return self.list(request, self.gatherer.entity(request.query_params.get("name", "")), "")

    def claim(self, request: Request) -> Response:
        found = self.graph.claim(request.path_params["id"])
        if found is None:
            raise HTTPException(404, "There is no claim of that id. Its article may have changed.")
        return RedirectResponse(self.links.claim(found.id, found.article))

    def list(self, request: Request, view: ListPage, more: str) -> Response:
        return self.answer(request, "list.html", view, list_table(view), page=view, more=more)

    def answer(self, request: Request, template: str, view: Any, table: Table, **shown: Any) -> Response:
        """Answer with a page, its JSON twin or its table."""
        form = request.query_params.get("format", "")
        if form == "json" or (not form and "application/json" in request.headers.get("accept", "")):
            text = json.dumps(as_data(view), ensure_ascii=False, default=str)
            return Response(text.encode("utf-8", "replace"), media_type="application/json")
        if form == "csv":
            return Response(as_csv(table), media_type="text/csv; charset=utf-8")
        if form:
            raise HTTPException(400, "format is json or csv.")

        def with_format(name: str) -> str:
            return f"{self.prefix}{request.url.path}?{request.url.include_query_params(format=name).query}"

        text = render(template, links=self.links, prefix=self.prefix, with_format=with_format, **shown)
        return HTMLResponse(text)

    async def failed(self, request: Request, error: HTTPException) -> Response:
        text = render(
            "message.html",
            links=self.links,
            prefix=self.prefix,
            heading="Not found" if error.status_code == 404 else "This cannot be shown",
            words=error.detail,
        )
        return HTMLResponse(text, status_code=error.status_code, headers=error.headers)

    async def broken(self, request: Request, error: StoreError) -> Response:
        return PlainTextResponse(f"The store cannot be read: {error}\n", status_code=503)

"""Addresses to the guide on the bench. Nothing is looked up on the disk by what a request says.

A film is found by its slug, a page by the name of what was painted, a file of ours in a table of all there
are. `spoilers=shown` is how somebody asks for them; without it no answer has a word of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from book.model import BookError, Finding, Slug
from book.preview.bench import Bench
from book.preview.events import Events
from book.preview.guard import BOOK_POLICY, Guard
from book.preview.painting import Leaf, Painted
from book.preview.searching import search
from book.preview.standing import STEPS, told_elsewhere, told_of

STATIC = Path(__file__).with_name("static")

FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "preview.css": ("preview.css", "text/css; charset=utf-8"),
    "preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
"""Address -> file and media type: everything of ours that a page may ask for."""

FOR_EVER = "private, max-age=31536000, immutable"
"""A picture's address names its content."""

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def application(bench: Bench, events: Events, *, port: int, lifespan: Lifespan | None = None) -> Guard:
    """The preview as an ASGI application for a server that listens on `port`."""
    views = _Views(bench, events)
    routes = [Route(f"/{name}", partial(_file, *FILES[name])) for name in FILES]
    routes += [
        Route("/films", views.films),
        Route("/films/{slug}", views.film),
        Route("/search", views.search),
        Route("/pages/{name}/{place:int}.png", views.page),
        Route("/ebook/style.css", views.style),
        Route("/ebook/films/{stem}.xhtml", views.safe_document),
        Route("/ebook/spoilers/{stem}.xhtml", views.told_document),
        Route("/ebook/images/{name}", views.image),
        Route("/events", views.events),
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), port=port)


def _file(name: str, media_type: str, request: Request) -> Response:
    return Response((STATIC / name).read_bytes(), media_type=media_type)


class _Views:
    """What is answered. Plain functions run in threads, so that a film being painted keeps nobody waiting."""

    def __init__(self, bench: Bench, events: Events) -> None:
        self._bench, self._events = bench, events

    # ------------------------------------------------------------------------------------ the list

    def films(self, request: Request) -> Response:
        """Lines of the list: all, or those that are others since a revision, with the order of all."""
        table, since = self._bench.table, _number(request, "since")
        stems = {slug: stem for stem, slug in table.stems.items()}
        rows = [
            {**asdict(row), "done": row.done, "stem": stems.get(slug, "")}
            for slug, row in table.rows.items()
            if table.since[slug] > since
        ]
        info = table.guide.info
        return JSONResponse(
            {
                "title": info.title,
                "language": info.language,
                "revision": table.revision,
                "steps": STEPS,
                "order": list(table.rows),
                "rows": rows,
                "elsewhere": [
                    {"file": one.where.file, **asdict(told_elsewhere(one, spoilers=_spoilers(request)))}
                    for one in table.elsewhere
                ],
            }
        )

    def search(self, request: Request) -> Response:
        """The films in which all words stand that are asked for."""
        hits = search(
            self._bench.table.searched, request.query_params.get("q", ""), spoilers=_spoilers(request)
        )
        return JSONResponse({"hits": [asdict(hit) for hit in hits]})

    async def events(self, request: Request) -> Response:
        """What happens from now on, as it happens."""
        greeting = {"revision": self._bench.table.revision}

        async def told() -> AsyncIterator[str]:
            async for said in self._events.listen(greeting):
                yield said

        return StreamingResponse(told(), media_type="text/event-stream")

    # -------------------------------------------------------------------------------------- a film

    def film(self, request: Request) -> Response:
        """A film's findings, and its pages as the book or the e-book has them."""
        table, slug, spoilers = self._bench.table, Slug(request.path_params["slug"]), _spoilers(request)
        row = table.rows.get(slug)
        if row is None:
            return _lost("This film is not in the guide.")
        film = table.films.get(slug)
        findings = list(table.findings.get(row.file, ()))
        shown: dict[str, object] = {}
        if slug in {one.slug for one in table.guide.films}:
            try:
                match request.query_params.get("view"):
                    case "ebook":
                        shown = self._documents(slug, spoilers)
                    case "none":
                        findings += self._bench.easel.found(slug)
                    case _:
                        shown = self._pages(slug, spoilers, findings)
            except BookError as error:
                shown = {"stopped": f"{error.message} {error.hint}".strip()}
        told = told_of(dict.fromkeys(findings), film, spoilers=spoilers)
        facts = {**asdict(row), "done": row.done, "revision": table.revision}
        return JSONResponse({**facts, "findings": [asdict(one) for one in told], **shown})

    def _pages(self, slug: Slug, spoilers: bool, findings: list[Finding]) -> dict[str, object]:
        bench = self._bench
        table = bench.table
        painted = bench.easel.film(table.guide, table.places, slug)
        findings += painted.findings
        shown = [leaf for leaf in painted.leaves if spoilers or not leaf.tells]
        width, height = painted.size_pt
        return {
            "pages": [_page(painted, leaf) for leaf in shown],
            "hidden": len(painted.leaves) - len(shown),
            "estimated": not table.places.spots[slug].known,
            "shape": height / width,
        }

    def _documents(self, slug: Slug, spoilers: bool) -> dict[str, object]:
        shown = self._bench.reader.film(self._bench.table.guide, slug)
        told = shown.told.name if shown.told else None
        return {
            "document": f"/ebook/{shown.safe.name}",
            "spoilers": f"/ebook/{told}?spoilers=shown" if told and spoilers else None,
            "hidden": int(told is not None and not spoilers),
        }

    def page(self, request: Request) -> Response:
        """A page as a picture."""
        painted = self._bench.easel.kept(request.path_params["name"])
        place = request.path_params["place"]
        if painted is None or place >= len(painted.leaves):
            return _lost("This page is gone; its film was painted anew.")
        if painted.leaves[place].tells and not _spoilers(request):
            return _hidden()
        picture = self._bench.easel.picture(painted, place, _number(request, "width") or 800)
        return Response(picture, media_type="image/png", headers={"cache-control": FOR_EVER})

    # ------------------------------------------------------------------------------------ e-book

    def safe_document(self, request: Request) -> Response:
        """A film's page in the e-book."""
        return self._document(request, told=False)

    def told_document(self, request: Request) -> Response:
        """A film's spoilers in the e-book, for those who ask."""
        return self._document(request, told=True) if _spoilers(request) else _hidden()

    def _document(self, request: Request, *, told: bool) -> Response:
        table = self._bench.table
        slug = table.stems.get(request.path_params["stem"])
        if slug is None:
            return _lost("This page is not in the e-book.")
        shown = self._bench.reader.film(table.guide, slug)
        document = shown.told if told else shown.safe
        if document is None:
            return _lost("This page is not in the e-book.")
        return _of_the_book(document.xhtml.encode(), "application/xhtml+xml")

    def style(self, request: Request) -> Response:
        """The e-book's style sheet."""
        return _of_the_book(self._bench.reader.style().encode(), "text/css; charset=utf-8")

    def image(self, request: Request) -> Response:
        """A picture that a page of the e-book shows."""
        picture = self._bench.reader.picture(f"images/{request.path_params['name']}")
        if picture is None:
            return _lost("This picture is not in the e-book.")
        return _of_the_book(picture.content, picture.media_type)


def _page(painted: Painted, leaf: Leaf) -> dict[str, object]:
    asked = "?spoilers=shown" if leaf.tells else ""
    return {
        "place": leaf.place,
        "label": leaf.label,
        "side": leaf.side.value,
        "zone": leaf.zone.value,
        "src": f"/pages/{painted.name}/{leaf.place}.png{asked}",
    }


def _of_the_book(content: bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-security-policy": BOOK_POLICY})


def _spoilers(request: Request) -> bool:
    return request.query_params.get("spoilers") == "shown"


def _number(request: Request, name: str) -> int:
    """A whole number of the question; 0 for anything else."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _lost(why: str) -> Response:
    return PlainTextResponse(why, 404)


def _hidden() -> Response:
    return PlainTextResponse("This gives the film away, and nobody has asked for it.", 403)

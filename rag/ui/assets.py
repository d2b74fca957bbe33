"""The page's scripts: the ES modules of static/js, which the page's own server gives."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FRAME = '<div class="frame"></div>'
"""Template of a component that its script fills."""

# Gradio runs these when a component is there, which may be before the modules are: `replique` is the promise
# of main.js, and what waits for it runs in order.
DESK = "replique.then(({ desk }) => desk({ element, props, server }));"
DOCUMENTS = "replique.then(({ documentsView }) => documentsView({ element, props, server, upload }));"
DOSSIER = "replique.then(({ dossierPanel }) => dossierPanel({ element, props, server }));"
DEBATES = "replique.then(({ debates }) => debates({ element, props, server, upload }));"
MASTHEAD = "replique.then(({ masthead }) => masthead(element, props));"
FOOTER = "replique.then(({ footer }) => footer(element, props));"

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%231f3a5f'/%3E"
    "%3Cpath d='M8 10h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4H8zm10 0h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4h-3z' "
    "fill='white'/%3E%3C/svg%3E"
)


def head() -> str:
    """What the page's head holds besides Gradio's own."""
    return (
        f'<link rel="icon" type="image/svg+xml" href="{ICON}">'
        f'<script>window.replique = import("./scripts/{_version()}/main.js");</script>'
    )


def scripts_route() -> Route:
    """Where the modules are served, each as it was when the program first read it.

    Their path changes with their content, so browsers keep them and never run those of another version. As
    Gradio's own they are given without a password: they are the program, and hold nothing of the documents.
    """
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}

    async def script(request: Request) -> Response:
        code = _modules().get(request.path_params["name"])
        if code is None:
            raise HTTPException(404)
        return Response(code, media_type="text/javascript", headers=kept)

    return Route(f"/scripts/{_version()}/{{name}}", script)


@cache
def _modules() -> dict[str, bytes]:
    """The code of each module, by the name of its file."""
    folder = Path(__file__).parent / "static" / "js"
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.js"))}


def _version() -> str:
    return hashlib.sha256(repr(_modules()).encode()).hexdigest()[:16]

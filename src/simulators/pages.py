"""The stand-ins' own small pages: templates beside this file, one style sheet."""

from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

_FOLDER = Path(__file__).parent / "templates"

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def page(template: str, **context: Any) -> Response:
    """The filled template."""
    return HTMLResponse(_templates.get_template(template).render(context), headers={"Cache-Control": "no-store"})


def index(request: Request) -> Response:
    """All stand-ins."""
    return page("index.jinja")


def style(request: Request) -> Response:
    """The style sheet."""
    return FileResponse(_FOLDER / "style.css")


ROUTES = [Route("/", index), Route("/style.css", style)]

"""From a template to a response: the one way a view answers with a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def render(request: HttpRequest, template: str, /, status: int = 200, **context: Any) -> HttpResponse:
    """The page, not to be kept by the browser or anything between: pages show patients."""
    response = HttpResponse(render_to_string(template, context, request), status=status)
    response["Cache-Control"] = "no-store"
    return response

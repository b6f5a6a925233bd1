"""From a template to a response: the one way a view answers with a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def render(request: HttpRequest, template: str, /, status: int = 200, **context: Any) -> HttpResponse:
    """The page. Headers that protect it are the middleware's business."""
    return HttpResponse(render_to_string(template, context, request), status=status)

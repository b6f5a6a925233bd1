"""The Jinja2 environment of all pages: strict, escaping, with Swedish formatting. Where the templates lie is the settings' business."""

from functools import cache
from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse

from webcert.ui.formatting import FILTERS


def environment(**options: Any) -> jinja2.Environment:
    """For `OPTIONS["environment"]` of Django's Jinja2 backend, which passes the loader.

    Escapes everything, refuses unknown names (StrictUndefined), and swallows the white space of template lines.
    Gives templates `static(path)` (asked once for each file), `url(name, …)` and the filters of `formatting`; `csrf_input` comes from
    Django with each request.
    """
    house_rules = {"autoescape": True, "undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = jinja2.Environment(**options | house_rules)
    made.globals |= {"static": cache(static), "url": _url}
    made.filters |= FILTERS
    return made


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)

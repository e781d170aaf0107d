"""The index of a pack as one HTML file beside the sheets: no script, nothing that is fetched."""

from __future__ import annotations

from ...contents import Contents
from .html import environment


def index(contents: Contents) -> str:
    """The whole file. Its links lead to the sheets by their names alone."""
    return environment().get_template("index.html.jinja").render(contents=contents)

"""The QR codes of the addresses of a library, as bits: the page draws them, and makes none."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import product

from ..model.facts import TELLERS
from ..model.library import Library
from ..page.contact import contact
from ..sheets.document import followable
from ..sheets.qr import qr_code
from ..sheets.services_on_paper import scannable


def codes_to_scan(library: Library) -> Mapping[str, str]:
    """The code of every address that a sheet may have one beside."""
    return {uri: _bits(uri) for uri in dict.fromkeys(_addresses(library)) if followable(uri)}


def _addresses(library: Library) -> Iterator[str]:
    for route in library.routes.values():
        for teller, nation in product(TELLERS, (None, *route.web_by_nation)):
            shown = contact(library, route, teller, nation, clock=None)
            yield from (way.uri for way in shown.ways if scannable(way.uri))
            yield from (form.web for form in shown.forms)


def _bits(uri: str) -> str:
    """The modules of a code without its light margin, row by row, 1 for dark, in base64."""
    modules = "".join(str(int(dark)) for row in qr_code(uri, quiet_zone=0).rows for dark in row)
    size = -(-len(modules) // 8)
    return b64encode(int(modules.ljust(size * 8, "0"), 2).to_bytes(size, "big")).decode()

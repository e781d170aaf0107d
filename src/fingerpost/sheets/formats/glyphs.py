"""The characters that the PDF fonts can draw, the same in both weights."""

from __future__ import annotations

_RANGES = (
    "0020-007E 00A0-00AC 00AE-00B4 00B6-0107 010A-0113 0116-011B 011E-0123 0126-0127 012A-012B "
    "012E-0133 0136-0137 0139-013E 0141-0148 0150-0155 0158-015B 015E-0165 016A-016B 016E-017E "
    "0192 0218-021B 0237 02C6-02C7 02C9 02D8-02DD 0300-0304 0306-0308 030A-030C 0312 0326-0328 "
    "0394 03A9 03BC 03C0 1E80-1E85 1E9E 1EF2-1EF3 2009 2013-2014 2018-201A 201C-201E 2020-2022 "
    "2026 2030 2039-203A 2044 20AC 20B9 2113 2122 212E 2202 220F 2211-2212 2215 2219-221A 221E "
    "222B 2248 2260 2264-2265 25CA 266A"
)
"""Code points in hexadecimal, as the character map (``cmap``) of each font file has them. A test
reads the files and holds this to them; it says what to write here when the fonts change."""


LETTERS = frozenset(
    chr(code)
    for stretch in _RANGES.split()
    for code in range(int(stretch[:4], 16), int(stretch[-4:], 16) + 1)
)

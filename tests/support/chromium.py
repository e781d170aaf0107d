"""Chromium without a window, driven from Node.js."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[1] / "sheets" / "browser"
"""Where the packages of Node.js are that drive it."""

CHROMIUM = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium")
"""Asked for as this file is read: the tests themselves see none of the developer's settings."""


def node_here() -> str:
    """Node.js; the test is skipped where there is no browser for it."""
    node = shutil.which("node")
    if not (CHROMIUM and node and (BROWSER / "node_modules").is_dir()):
        pytest.skip("there is no Chromium, no Node.js or no tests/sheets/browser/node_modules here")
    return node


def ran(*command: str | Path, seconds: int = 300) -> str:
    return subprocess.run(
        command,
        env={**os.environ, "FINGERPOST_CHROMIUM": CHROMIUM or ""},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=seconds,
    ).stdout

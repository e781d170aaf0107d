"""The modules of the page joined into one script: one form of import and export, and no other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fingerpost.web.script import CannotJoin, script

MODULES: Mapping[str, str] = {
    "view/main.mjs": (
        'import { twice } from "../engine/twice.mjs";\n'
        'import {\n  FEW, MANY,\n  Words,\n} from "../engine/words.mjs";\n\n'
        "const told = twice;\n"
        "export function start() {\n  console.log(told(FEW), MANY, new Words().say());\n}\n"
    ),
    "engine/twice.mjs": (
        'import { FEW } from "./words.mjs";\n'
        "export const twice = (number) => number * FEW; // not exported: 1, told = 2\n"
    ),
    "engine/words.mjs": (
        "const told = 'import { a } from here';\n"
        "export const FEW = 2, MANY = 200;\n"
        "export class Words {\n  say() { return told; }\n}\n"
        "export async function* later() {}\n"
    ),
    "engine/nobody.mjs": "export const asks = 1;\n",
}


def written(folder: Path, changes: Mapping[str, str] = {}) -> Path:
    for path, text in {**MODULES, **changes}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_modules_stand_after_those_that_they_need_each_once(tmp_path: Path) -> None:
    joined = script(folder=written(tmp_path))
    assert re.findall(r"^const (\w+) = \(\(\) => \{$", joined, re.MULTILINE) == [
        "engine_words",
        "engine_twice",
        "view_main",
    ]
    assert "return { FEW, MANY, Words, later };" in joined
    assert joined.endswith("view_main.start();\n})();\n")


@pytest.mark.node
def test_the_script_does_what_the_modules_do(tmp_path: Path) -> None:
    assert ran(script(folder=written(tmp_path))) == "4 200 import { a } from here\n"


ODD_LETTERS = """\
export function start() {
  const told = ["£", "‘", `\N{GRINNING FACE}`, "£‘’".replace(/[‘’]/gu, "·")]; // £
  console.log(told.map((each) => [...each].map((letter) => letter.codePointAt(0))).join(" "));
}
"""


@pytest.mark.node
def test_its_letters_are_the_same_in_any_encoding(tmp_path: Path) -> None:
    joined = script(folder=written(tmp_path, {"view/main.mjs": ODD_LETTERS}))
    assert joined.isascii()
    assert ran(joined) == "163 8216 128512 163,183,183\n"


def ran(joined: str) -> str:
    """What a script writes."""
    node = shutil.which("node")
    assert node
    done = subprocess.run([node, "-"], input=joined, capture_output=True, check=True, text=True)
    return done.stdout


FORBIDDEN = {
    "everything": 'import * as words from "./words.mjs";\n',
    "a default": 'import words from "./words.mjs";\n',
    "another quotation mark": "import { FEW } from './words.mjs';\n",
    "a package": 'import { FEW } from "words";\n',
    "when it runs": 'const words = import("./words.mjs");\n',
    "a default export": "export default 1;\n",
    "a list": "const a = 1;\nexport { a };\n",
    "a variable": "export let a = 1;\n",
    "the end of the element": 'const told = "</SCRIPT>";\n',
    "a comment of HTML": 'const told = "<!-- ";\n',
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_any_other_form_is_refused(tmp_path: Path, what: str) -> None:
    text = f"{FORBIDDEN[what]}export const twice = (number) => number;\n"
    with pytest.raises(CannotJoin):
        script(folder=written(tmp_path, {"engine/twice.mjs": text}))


def test_what_ships_is_joined_whole() -> None:
    joined = script()
    folder = Path(script.__code__.co_filename).parent
    modules = {path.relative_to(folder) for path in folder.rglob("*.mjs")}
    assert len(re.findall(r"^const \w+ = \(\(\) => \{$", joined, re.MULTILINE)) == len(modules)

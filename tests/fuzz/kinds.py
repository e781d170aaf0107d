"""Every kind of input by its name, the cheap ones first."""

from __future__ import annotations

from . import commands, keys, local, options, reading, words

KINDS = {
    module.KIND.name: module.KIND for module in (reading, local, options, keys, words, commands)
}

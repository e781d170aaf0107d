"""``fingerpost safety-case``: what could harm somebody, what guards against it, what remains."""

from __future__ import annotations

from typing import Any

import click

from ...model.diagnostics import Severity
from ..context import day_of, read, refuse
from ..options import library_options, now_option
from ..writer import Writer, force_option, output_option, suffix_option


@click.command("safety-case", epilog="Example: fingerpost safety-case -o safety-case.html")
@output_option
@suffix_option
@force_option
@now_option
@library_options
def command(
    output: str, format_: str | None, force: bool, moment: str | None, **where: Any
) -> None:
    """Write the safety case of a library, for a manager, an inspector or a funder.

    Its first page says whether the library is fit for use, and ranks the hazards of hazards.yaml:
    how bad, how likely, what remains, and who must accept it. Then it says what nobody has proved
    or checked, and the rules, checks and tests that control each. The proofs are made anew, which
    takes about half a minute. A library with an error has none.
    """
    from ... import __version__
    from ...checks.reports.safety_case import Proved, safety_case
    from ...checks.runner import check

    writer = Writer.of("-o", output, format_, force=force)
    today = day_of(moment)
    reading = read(**where, whole=True, told=False)
    if not reading.library.hazards:
        raise click.ClickException(
            "This library has no hazards.yaml, which a safety case is made of."
        )
    checked = check(reading, today)
    errors = [each for each in checked.mistakes if each.severity is Severity.ERROR]
    if errors:
        refuse("There is no safety case until these mistakes are mended:", errors, reading.texts)
    verdicts = {rule.name: (rule, verdict) for rule, verdict in checked.verdicts}
    writer.write(safety_case(Proved(reading.library, verdicts, today, __version__)))

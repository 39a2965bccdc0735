"""``qda do PROJECT check-quotes``: what is the matter with the quotations of a finished text."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qda.checked_quotes import checked_file
from qda.coding.citation import quoted
from qda.coding.quotations.findings import Checked, Finding, state_name, summary, tolerances
from qda.command_line import output
from qda.command_line.working import reading
from qda.errors import UsageError
from qda.i18n import _

_YES = ("true", "yes", "1", "ja")


def check(path: Path, written: Mapping[str, str], *, as_json: bool) -> bool:
    """Prints what is to be put right, with every=true also what is right; True where nothing is wrong.

    :raises UsageError: no file is named.
    """
    file, every = written.get("file", ""), written.get("every", "").casefold() in _YES
    if not file:
        raise UsageError(_("“{act}” needs {keys}.").format(act="check-quotes", keys="file"))
    if wrong := next((key for key in written if key not in ("file", "save", "every")), None):
        raise UsageError(
            _("“{act}” takes no “{key}”. It takes: {keys}.").format(
                act="check-quotes", key=wrong, keys="file, save, every"
            )
        )
    save = written.get("save", "")
    with reading(path) as project:
        checked = checked_file(project, Path(file), save=save, every=every)
    if as_json:
        output.as_json(_rows(checked))
    else:
        _say(checked, every=every)
        if save:
            output.say(save)
    return not checked.errors


def _rows(checked: Checked) -> dict[str, Any]:
    return {
        "act": "check-quotes",
        "result": summary(checked),
        "unit": None,
        "errors": checked.errors,
        "literature": checked.literature,
        "uncited": checked.uncited,
        "words": checked.words,
        "quotations": [asdict(one) for one in checked.findings],
    }


def _say(checked: Checked, *, every: bool) -> None:
    number = 0
    for one in checked.findings:
        if every or one.state != "right":
            number += 1
            _say_one(number, one)
    output.say(summary(checked))
    output.say(f"{_('What counts as right')}: {' '.join(tolerances())}")


def _say_one(number: int, one: Finding) -> None:
    states = ", ".join(map(state_name, one.states))
    above = f" · {one.place.heading}" if one.place.heading else ""
    output.say(f"{number}  {states} ({one.place.words}{above})")
    words = " ".join(one.quotation.split())
    output.say(f"    {quoted(words)} {one.citation}".rstrip())
    if one.difference:
        marked = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
        compared = " ".join(marked[piece.kind].format(piece.text) for piece in one.difference)
        output.say(f"    {one.title}: {compared}")
    if one.right:
        output.say(f"    {_('Right')}: {one.right}")
    elif not one.source:
        output.say(f"    {one.sentence}")

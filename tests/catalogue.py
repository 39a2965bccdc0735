"""The catalogues of texts: ``python -m tests.catalogue`` brings them up to date and compiles them.

Texts come from the code; the German stands in ``resources/locale/de/LC_MESSAGES/qda.po``. The English
catalogue is the code itself. The compiled ``.mo`` is committed, because an installed program has no Babel.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = frozenset({"_", "N_", "ngettext", "pgettext"})


def texts() -> Catalog:
    """All texts that stand in the code; read from its syntax, because those inside f-strings count too."""
    found = Catalog(project="qda", version="", charset="utf-8")
    for path in sorted((ROOT / "qda").rglob("*.py")):
        place = [(path.relative_to(ROOT).as_posix(), 1)]
        for context, message in texts_of(path.read_text(encoding="utf-8")):
            found.add(message, locations=place, context=context)
    return found


def texts_of(code: str) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """The texts of one module, each with its context."""
    for node in ast.walk(ast.parse(code)):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name not in KEYWORDS:
            continue
        assert isinstance(node, ast.Call)
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name == "ngettext" and len(words) >= 2:
            yield None, (words[0], words[1])
        elif name == "pgettext" and len(words) >= 2:
            yield words[0], words[1]
        elif name in ("_", "N_") and words:
            yield None, words[0]


def german() -> Catalog:
    """The German catalogue as it stands."""
    path = FOLDER / "qda.po"
    if not path.exists():
        return Catalog(locale="de", project="qda", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale="de")


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue, use_fuzzy=False)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Texts of the code that have no German, or only a guessed one."""
    gaps = []
    for message in texts():
        if not message.id:
            continue
        known = catalogue.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        strings = () if known is None else ([known.string] if isinstance(known.string, str) else known.string)
        if known is None or known.fuzzy or not strings or not all(strings):
            gaps.append(str(message.id))
    return gaps


def update() -> Catalog:
    """Writes the German catalogue with all texts of the code, and compiles it."""
    catalogue = german()
    catalogue.update(texts(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "qda.po").open("wb") as stream:
        write_po(stream, catalogue, width=110, sort_output=True, no_location=True, omit_header=False)
    (FOLDER / "qda.mo").write_bytes(compiled(catalogue))
    return catalogue


if __name__ == "__main__":
    gaps = missing(update())
    sys.stdout.write("".join(f"{text}\n" for text in gaps) + f"{len(gaps)} without German\n")

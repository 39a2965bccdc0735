"""Labelled passages of anybody, for the ranking of existing codes: measured with, or fitted beside the demo.

A file has one passage a line, as JSON: ``{"document": "…", "text": "…", "code": "…", "name": "…"}``; ``name``
is what the code is called (its GUID where it is left out). Passages of a document follow one another, each a
paragraph. *A quarter of the documents*: those (by a fixed draw) are asked for, the others learned.

The file that the shipped weights were fitted with beside the demo study is not part of the project: 3,950
synopses of Debian packages (English, public), each with the rarest of 112 tags that people gave the package.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.suggestions import Case, Material, Passage, _case, _index, _learn

QUARTER: Final = "a quarter of the documents"
_MOST: Final = 500  # passages asked for


def labelled_material(file: Path, language: str) -> Material:
    """The passages of a file, read by the language tools."""
    from qda.suggest.language.tools import tools
    from qda.suggest.ranking.features import Context, read_words
    from qda.suggest.ranking.index import Label, Place

    documents: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        documents[(one := json.loads(line))["document"]].append(one)
    passages, names = [], {}
    for document, found in documents.items():
        words = read_words(tools(language).read("\n".join(one["text"] for one in found)))
        start = 0
        for one in found:
            stop = start + len(one["text"])
            names[one["code"]] = one.get("name", one["code"])
            features = words.of(start, stop, Context((start, stop)))
            passages.append(Passage(Place(document, start, stop), features, frozenset((one["code"],))))
            start = stop + 1
    return Material(file.stem, tuple(passages), tuple(Label(*one) for one in sorted(names.items())))


def quarter(material: Material, *, least: int = 2) -> list[Case]:
    """Predictions for a quarter of the documents from the other ones."""
    return [case for case, _counts in counted(material, least=least)]


def counted(material: Material, *, least: int = 2) -> list[tuple[Case, dict[str, int]]]:
    """The same, each with how many passages every code has."""
    documents = sorted({one.place.source for one in material.passages})
    random.Random(1).shuffle(documents)
    asked = set(documents[: len(documents) // 4])
    index: Any = _index(material)
    order: list[str] = []
    for one in material.passages:
        if one.place.source not in asked:
            _learn(index, one)
            order += sorted(one.codes)
    wanted = [one for one in material.passages if one.place.source in asked]
    random.Random(3).shuffle(wanted)
    counts = {label.guid: index.count(label.guid) for label in material.labels}
    return [(_case(index, one, order, least), counts) for one in wanted[:_MOST]]


def curve(cases_: Sequence[tuple[Case, dict[str, int]]], ranks: Sequence[int | None]) -> list[str]:
    """Hit@3 by the number of passages of the code given (of the one that has most)."""
    steps = ((2, 4), (5, 9), (10, 19), (20, 39), (40, 10**9))
    found = []
    for least, most in steps:
        hits = [
            rank is not None and rank < 3
            for (case, counts), rank in zip(cases_, ranks, strict=True)
            if least <= max(counts.get(code, 0) for code in case.given) <= most
        ]
        if hits:
            found.append(
                f"{least}–{most if most < 10**9 else '…'}: {sum(hits) / len(hits):.3f} ({len(hits)})"
            )
    return found

"""Questions on categories and codes: properties (5), rare and alike ones (7), codes without a rule (8)."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from sqlalchemy import select

from qda.coding.method_questions.rows import Finding, Found, Jump
from qda.coding.method_questions.study import Study
from qda.coding.profiles import Axis, axes
from qda.coding.references import code_paths
from qda.coding.retrieval.store import Ints
from qda.i18n import _
from qda.models.codes import Code, Property
from qda.models.material import ProjectSheet

ALIKE: Final = 87.0  # of 100 (rapidfuzz): from here on two names are near duplicates
_SHORTEST: Final = 5  # shorter names must be the same: "Amt" and "Arm" are two codes
_CONTENT_ANALYSIS: Final = "content-analysis"
_DIGITS: Final = re.compile(r"\d+")


# -- 5: properties ----------------------------------------------------------------------------------------


def without_property(study: Study) -> Found:
    """5: a category has no property, or a property shows one of its poles only."""
    by_code: dict[str, list[Axis]] = {}
    for axis in axes(study.db, bearers=study.bearers):
        by_code.setdefault(axis.code, []).append(axis)
    poles = {
        row.guid: (row.pole_from, row.pole_to)
        for row in study.db.execute(select(Property.guid, Property.pole_from, Property.pole_to))
    }
    categories = select(Code.guid, Code.name).where(Code.kind == "category").order_by(Code.position, Code.id)
    paths = code_paths(study.db)
    findings = []
    for row in sorted(study.db.execute(categories), key=lambda one: paths[one.guid].casefold()):
        if row.guid not in by_code:
            told = _("“{category}” has no property: in what does it vary?").format(category=row.name)
            findings.append(_of_code(row.guid, row.name, told, heading=_("Without a property")))
        for axis in by_code.get(row.guid, ()):
            told = _one_pole(axis, poles[axis.property])
            if told:
                findings.append(_of_axis(row.guid, row.name, axis, told))
    return Found(findings)


def _one_pole(axis: Axis, poles: tuple[str, str]) -> str:
    """The question to a property of which one pole only is named, or was seen; nothing else."""
    named = [pole for pole in poles if pole]
    if len(named) == 1:
        told = _("“{property}” has the pole “{pole}”: what is the other?")
        return told.format(property=axis.name, pole=named[0])
    if len(axis.places) < 2:
        return ""
    seen = {one.place for one in axis.seen} & {axis.places[0], axis.places[-1]}
    if len(seen) != 1:
        return ""
    there = seen.pop()
    missing = axis.places[-1] if there == axis.places[0] else axis.places[0]
    told = _("“{property}”: of the poles only “{seen}” was seen. Is there “{missing}”, and where?")
    return told.format(property=axis.name, seen=there, missing=missing)


def _of_axis(code: str, name: str, axis: Axis, told: str) -> Finding:
    return Finding(
        "property",
        axis.property,
        _("{category}: {property}").format(category=name, property=axis.name),
        _("{category} · {question}").format(category=name, question=told),
        Jump("code", code),
        heading=_("One pole only"),
        offers=("passages", "memo", "case"),
    )


def _of_code(guid: str, name: str, told: str, *, heading: str = "", jump: Jump | None = None) -> Finding:
    where = jump or Jump("code", guid)
    return Finding("code", guid, name, told, where, heading=heading, offers=("passages", "memo"))


# -- 7: rare, left, alike ---------------------------------------------------------------------------------


def rare(study: Study) -> Found:
    """7: a code is used once, not since a transcript, or is nearly the same as another."""
    return Found([*_used(study), *_alike(study)])


def _used(study: Study) -> list[Finding]:
    """Codes with one passage, then those without one in the documents since, by the category sheet's rule."""
    store = study.store
    pairs: Ints = np.sort((store.codings.code << 32) + store.codings.segment)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    code, segment = pairs >> 32, pairs & 0xFFFFFFFF
    count = np.bincount(code, minlength=len(store.codes.ids))
    first = np.searchsorted(code, np.arange(len(store.codes.ids)))
    source = store.passages.source[segment]
    coded = np.flatnonzero(np.bincount(source, minlength=1)).tolist()
    once, left = [], []
    for at in np.flatnonzero(count).tolist():
        guid, name = store.codes.guids[at], store.codes.names[at]
        rows = slice(int(first[at]), int(first[at] + count[at]))
        if count[at] == 1:
            once.append(_once(study, guid, name, int(segment[rows][0])))
            continue
        last = int(source[rows].max())
        later = [one for one in coded if one > last]
        cases = set(store.passages.case[segment[rows]].tolist()) - {-1}
        if len(later) > 1 or {int(store.documents.case[one]) for one in later} & cases:
            title = store.documents.names.names[last]
            heading = _("Not since “{document}”: nothing new, or not looked for?").format(document=title)
            told = _("“{code}” is in none of the documents since “{document}”.")
            sentence = told.format(code=name, document=title)
            left.append((last, _of_code(guid, name, sentence, heading=heading)))
    return [*once, *(one for _last, one in sorted(left, key=lambda pair: pair[0]))]


def _once(study: Study, guid: str, name: str, segment: int) -> Finding:
    passages, names = study.store.passages, study.store.documents.names
    source = int(passages.source[segment])
    jump = Jump("source", names.guids[source], int(passages.start[segment]), int(passages.stop[segment]))
    told = _("“{code}” has one passage, in “{document}”.").format(code=name, document=names.names[source])
    return _of_code(guid, name, told, heading=_("Used once: still a code of its own?"), jump=jump)


def _alike(study: Study) -> Iterator[Finding]:
    """Pairs of codes whose names are nearly the same; names that differ in a number are two."""
    paths = code_paths(study.db)
    rows = study.db.execute(select(Code.guid, Code.name).order_by(Code.position, Code.id)).all()
    plain = [_plain(row.name) for row in rows]
    for one, two in sorted(_pairs(plain)):
        if _DIGITS.findall(plain[one]) != _DIGITS.findall(plain[two]):
            continue
        told = _("“{code}” and “{other}”: one code or two?")
        yield Finding(
            "code",
            rows[one].guid,
            _("{code} / {other}").format(code=rows[one].name, other=rows[two].name),
            told.format(code=paths[rows[one].guid], other=paths[rows[two].guid]),
            Jump("code", rows[one].guid),
            heading=_("Near duplicates: one code or two?"),
            answer_key=f"7:{rows[two].guid}",
            offers=("passages", "memo"),
        )


def _plain(name: str) -> str:
    """A name without case, quotation marks and other signs."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def _pairs(plain: list[str]) -> set[tuple[int, int]]:
    """Places of names that are the same, or alike and long enough."""
    from rapidfuzz import fuzz, process

    same: dict[str, list[int]] = {}
    for at, name in enumerate(plain):
        same.setdefault(name, []).append(at)
    found = {pair for places in same.values() if len(places) > 1 for pair in combinations(places, 2)}
    long = [at for at, name in enumerate(plain) if len(name) >= _SHORTEST]
    words = [plain[at] for at in long]
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        scores = process.cdist(words, words, scorer=scorer, score_cutoff=ALIKE, dtype=np.uint8)
        for one, two in np.argwhere(np.triu(scores, 1)).tolist():
            found.add((long[one], long[two]))
    return found


# -- 8: content analysis ----------------------------------------------------------------------------------


def undefined(study: Study) -> Found:
    """8: in a content analysis, a code lacks its definition, its anchor example or its coding rule."""
    if study.db.execute(select(ProjectSheet.template)).scalar() != _CONTENT_ANALYSIS:
        return Found(unasked=_("Asked in a content analysis only."))
    query = select(Code.guid, Code.name, Code.definition, Code.anchor, Code.rule, Code.typical_id)
    paths = code_paths(study.db)
    findings = []
    for row in sorted(study.db.execute(query), key=lambda one: paths[one.guid].casefold()):
        missing = [
            words
            for words, there in (
                (_("a definition"), row.definition.strip()),
                (_("an anchor example"), row.anchor.strip() or row.typical_id),
                (_("a coding rule"), row.rule.strip()),
            )
            if not there
        ]
        if missing:
            told = _("“{code}” lacks {missing}.").format(code=row.name, missing=", ".join(missing))
            findings.append(_of_code(row.guid, row.name, told))
    return Found(findings)

"""Questions on material and sampling: interviewer's turns (9), reading (10), new cases (12)."""

from collections import defaultdict
from typing import Final

import numpy as np
from sqlalchemy import Integer, cast, select

from qda.coding import sampling
from qda.coding.method_questions.rows import Finding, Found, Jump
from qda.coding.method_questions.study import Study
from qda.coding.retrieval.store import POSITION, Ints, Mask, column_arrays, on_line
from qda.i18n import _, ngettext
from qda.models.codes import Segment
from qda.models.material import Case, Paragraph

_NAMED: Final = 3  # codes of a passage that are named


def interviewers(study: Study) -> Found:
    """9: a coded passage in which nobody but an interviewer speaks."""
    store = study.store
    passages, lines = store.passages, store.lines
    if not len(lines.id):
        return Found()
    asks = np.array([role == "interviewer" for _l, _n, role in store.speakers] or [False], np.bool_)
    asked: Mask = (lines.speaker >= 0) & asks[lines.speaker]
    answered: Mask = (lines.speaker >= 0) & ~asks[lines.speaker]
    here = study.coded
    here = here[passages.line[here] >= 0]
    first = passages.line[here]
    last = lines.first[passages.source[here]] + (passages.last[here] & POSITION)
    only = (_within(asked, first, last) > 0) & (_within(answered, first, last) == 0)
    found = here[only]
    codes = _codes_of(study, found)
    guids = _guids(study, passages.id[found])
    return Found(
        [_on_interviewer(study, at, guids[int(passages.id[at])], codes[at]) for at in found.tolist()]
    )


def _within(marked: Mask, first: Ints, last: Ints) -> Ints:
    """How many rows from ``first`` to ``last`` are marked."""
    upto = np.concatenate(([0], np.cumsum(marked)))
    counted: Ints = upto[last + 1] - upto[first]
    return counted


def _codes_of(study: Study, rows: Ints) -> dict[int, list[str]]:
    """By row of a passage the names of its codes."""
    codings = study.store.codings
    found: dict[int, list[str]] = defaultdict(list)
    chosen = np.isin(codings.segment, rows)
    for at, code in zip(codings.segment[chosen].tolist(), codings.code[chosen].tolist(), strict=True):
        name = study.store.codes.names[code]
        if name not in found[at]:
            found[at].append(name)
    return found


def _guids(study: Study, ids: Ints) -> dict[int, str]:
    wanted = ids.tolist()
    found: dict[int, str] = {}
    for at in range(0, len(wanted), 500):
        query = select(Segment.id, Segment.guid).where(Segment.id.in_(wanted[at : at + 500]))
        found |= {row.id: row.guid for row in study.db.execute(query)}
    return found


def _on_interviewer(study: Study, at: int, guid: str, codes: list[str]) -> Finding:
    store = study.store
    source = int(store.passages.source[at])
    title = store.documents.names.names[source]
    number = store.lines.numbers[int(store.passages.line[at])]
    place = _("{title}, para. {paragraph}").format(title=title, paragraph=number)
    names = ", ".join(_("“{name}”").format(name=name) for name in codes[:_NAMED])
    names += " …" if len(codes) > _NAMED else ""
    start, stop = int(store.passages.start[at]), int(store.passages.stop[at])
    return Finding(
        "segment",
        guid,
        place,
        _("{place}: {codes} on the interviewer’s words.").format(place=place, codes=names),
        Jump("source", store.documents.names.guids[source], start, stop),
        offers=("memo",),
    )


# -- 10: reading ------------------------------------------------------------------------------------------


def unread(study: Study) -> Found:
    """10: documents with turns that are neither read, coded, nor left uncoded on purpose."""
    store = study.store
    rows = _turns(study)
    if rows is None:
        return Found()
    source, start, stop, read = rows
    read |= _coded_turns(study, on_line(source, start), on_line(source, stop))
    every = np.bincount(source, minlength=len(store.documents.names.ids))
    open_ = np.bincount(source[~read], minlength=len(store.documents.names.ids))
    findings = []
    for at in np.flatnonzero(open_).tolist():
        first = int(np.flatnonzero((source == at) & ~read)[0])
        span = int(start[first]), int(stop[first])
        findings.append(_unread_in(study, at, int(open_[at]), int(every[at]), span))
    return Found(findings)


def _turns(study: Study) -> tuple[Ints, Ints, Ints, Mask] | None:
    """Rank of the document, start and stop of every turn, and whether it is read or left on purpose.

    Turns are cut as :func:`qda.coding.reading.turn_states` does it.
    """
    table = Paragraph
    columns = column_arrays(
        study.db,
        *(table.source_id, table.start, table.stop, table.speaker_id),
        *(cast(one, Integer) for one in (table.opens_turn, table.seen, table.uncoded)),
        where=table.kind != "header",
    )
    if not len(columns[0]):
        return None
    source = study.store.documents.names.ranks(columns[0])
    order = np.argsort(on_line(source, columns[1]), kind="stable")
    source, start, stop, speaker, opens, seen, uncoded = (one[order] for one in (source, *columns[1:]))
    goes_on = (source[1:] == source[:-1]) & (opens[1:] == 0) & (speaker[1:] > 0)
    goes_on &= speaker[1:] == speaker[:-1]
    first = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    last = np.concatenate((first[1:], [len(source)])) - 1
    read = np.logical_and.reduceat(seen > 0, first) | (uncoded[first] > 0)
    return source[first], start[first], stop[last], read


def _coded_turns(study: Study, begin: Ints, end: Ints) -> Mask:
    """Which of the turns (on the one line) hold a coding or a part of one."""
    store = study.store
    coded = study.coded
    first = np.searchsorted(end, store.passages.begin[coded] + 1)
    behind = np.searchsorted(begin, store.passages.end[coded])
    some = behind > first
    edges = np.zeros(len(begin) + 1, np.int64)
    np.add.at(edges, first[some], 1)
    np.add.at(edges, behind[some], -1)
    found: Mask = np.cumsum(edges[:-1]) > 0
    return found


def _unread_in(study: Study, at: int, n: int, every: int, span: tuple[int, int]) -> Finding:
    names = study.store.documents.names
    guid, title = names.guids[at], names.names[at]
    if n == every:
        told = ngettext(
            "“{document}” is not read yet ({n} turn).", "“{document}” is not read yet ({n} turns).", n
        )
    else:
        told = ngettext(
            "“{document}”: {n} of {all} turns is unread.", "“{document}”: {n} of {all} turns are unread.", n
        )
    sentence = told.format(document=title, n=n, all=every)
    return Finding("source", guid, title, sentence, Jump("source", guid, *span), offers=("memo",))


# -- 12: sampling -----------------------------------------------------------------------------------------


def unsampled(study: Study) -> Found:
    """12: a case that is no starting case, and to which no sampling decision leads."""
    names = {row.guid: row.name for row in study.db.execute(select(Case.guid, Case.name))}
    told = _("Why “{case}”? It is no starting case, and no sampling decision leads to it.")
    return Found(
        [
            Finding(
                *("case", guid, names[guid], told.format(case=names[guid]), Jump("case", guid)),
                offers=("case", "memo"),
            )
            for guid in sampling.unsampled_cases(study.project)
        ]
    )

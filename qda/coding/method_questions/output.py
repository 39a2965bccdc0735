"""What must not get out (14): cases that may not be quoted, private memos, names that may be clear ones."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Select, func, select

from qda.coding import consent
from qda.coding.material import Passages
from qda.coding.method_questions.rows import Finding, Found, Jump
from qda.coding.method_questions.study import Study
from qda.coding.retrieval.store import NOBODY
from qda.coding.rows import CaseRow
from qda.coding.story_text import Reference, parse
from qda.i18n import _, ngettext
from qda.models.codes import Code, Memo, Segment
from qda.models.inquiry import CodeMap, MapItem
from qda.models.material import Source
from qda.models.theory import Story

LONG: Final = 600_000  # characters in which names are guessed by all rules; in more only by form of address
_NAMED: Final = 5
_ADDRESSED: Final = re.compile(
    r"\b(?:Herrn?|Frau|Mrs?\.?|Ms\.?|Dr\.|Prof\.) ([A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?)"
)


def protected(study: Study) -> Found:
    """14: what would give away those who speak, or notes for oneself."""
    return Found([*_unquotable(study), *_private(study), *_names(study)])


# -- those who may not be quoted --------------------------------------------------------------------------


def _unquotable(study: Study) -> Iterator[Finding]:
    silent = consent.withheld(study.project)
    if not silent:
        return
    heading = _("May not be quoted: is it still legible somewhere?")
    for case in silent:
        if case.sources or _is_coded(study, case):
            told = _("“{case}” may not be quoted: reports withhold its words, texts and files hold them.")
            sentence = told.format(case=case.name)
            jump = Jump("case", case.guid)
            yield Finding(
                "case", case.guid, case.name, sentence, jump, heading=heading, offers=("passages", "memo")
            )
    yield from _in_vivo(study, heading)
    yield from _in_story(study, heading)
    yield from _in_memos(study, heading)


def _is_coded(study: Study, case: CaseRow) -> bool:
    rank = study.store.cases.rank.get(case.guid, NOBODY)
    return bool((study.store.passages.case[study.coded] == rank).any())


def _in_vivo(study: Study, heading: str) -> Iterator[Finding]:
    """Codes whose name is the words of somebody who may not be quoted."""
    query = select(Code.guid, Code.name, Segment.guid.label("segment")).join(
        Segment, Segment.id == Code.in_vivo_id
    )
    rows = study.db.execute(query).all()
    passages = Passages(study.db).of(row.segment for row in rows)
    told = _("The code “{code}” has the words of “{case}”, who may not be quoted, as its name.")
    for row in rows:
        segment = passages[row.segment]
        if segment.quote == "no":
            sentence = told.format(code=row.name, case=segment.case_name)
            yield Finding("code", row.guid, row.name, sentence, Jump("code", row.guid), heading=heading)


def _in_story(study: Study, heading: str) -> Iterator[Finding]:
    told = _("The story quotes “{case}”, who may not be quoted ({title}, para. {paragraph}).")
    for row in study.db.execute(select(Story.kind, Story.body)):
        places, at = [], 0
        for part in parse(row.body):
            if isinstance(part, Reference) and part.kind == "segment":
                places.append((part, at))
            at += len(part.words)
        passages = Passages(study.db).of({part.target for part, _at in places})
        for part, start in places:
            segment = passages.get(part.target)
            if segment is not None and segment.quote == "no":
                sentence = told.format(
                    case=segment.case_name, title=segment.title, paragraph=segment.paragraph
                )
                jump = Jump("story", row.kind, start, start + len(part.words))
                yield Finding("segment", segment.guid, segment.case_name, sentence, jump, heading=heading)


def _in_memos(study: Study, heading: str) -> Iterator[Finding]:
    quotations = consent.unquotable(study.project)
    if quotations is None:
        return
    told = _("The memo “{title}” quotes words of somebody who may not be quoted.")
    query = select(Memo.guid, Memo.title, Memo.body).where(Memo.private.is_(False)).order_by(Memo.id)
    for row in study.db.execute(query):
        if quotations.taken_out(row.body, "") != row.body:
            jump = Jump("memo", row.guid)
            yield Finding("memo", row.guid, row.title, told.format(title=row.title), jump, heading=heading)


# -- private memos ----------------------------------------------------------------------------------------


def _private(study: Study) -> Iterator[Finding]:
    query = select(Memo.guid, Memo.title).where(Memo.private).order_by(Memo.id)
    maps: dict[str, str] = {
        row.target_guid: row.name
        for row in study.db.execute(
            select(MapItem.target_guid, CodeMap.name)
            .join(CodeMap, CodeMap.id == MapItem.map_id)
            .where(MapItem.target_table == "memo")
        )
    }
    for row in study.db.execute(query):
        if row.guid in maps:
            told = _("The private memo “{title}” stands on the map “{map}”, which can be exported.")
        else:
            told = _("“{title}” is private: it is in no report, but whoever gets the file can read it.")
        sentence = told.format(title=row.title, map=maps.get(row.guid, ""))
        heading = _("Private memos")
        yield Finding("memo", row.guid, row.title, sentence, Jump("memo", row.guid), heading=heading)


# -- names ------------------------------------------------------------------------------------------------


def _names(study: Study) -> Iterator[Finding]:
    """One finding for each document with words that are likely clear names."""
    size = study.db.execute(select(func.sum(Source.length))).scalar() or 0
    found = _guessed(study) if size <= LONG else _addressed(study)
    heading = _("May be clear names")
    titles = {row.guid: row.title for row in study.db.execute(_documents())}
    for source, title in titles.items():
        names = found.get(source)
        if not names:
            continue
        shown = ", ".join(_("“{name}”").format(name=name) for name, _n in names.most_common(_NAMED))
        if len(names) > _NAMED:
            shown += " …"
        told = ngettext(
            "{title}: {n} word may be a name: {names}", "{title}: {n} words may be names: {names}", len(names)
        )
        sentence = told.format(title=title, n=len(names), names=shown)
        jump = Jump("names", source)
        yield Finding("source", source, title, sentence, jump, heading=heading, offers=("memo",))


def _documents() -> Select[str, str]:
    return select(Source.guid, Source.title).order_by(Source.position, Source.id)


def _guessed(study: Study) -> dict[str, Counter[str]]:
    """By document (GUID) what the rules for pseudonyms take for a name, most likely."""
    from qda.coding.pseudonyms import candidates, given, readings
    from qda.coding.pseudonyms.candidates import LIKELY

    found: dict[str, Counter[str]] = defaultdict(Counter)
    texts = readings(study.project, memos=False)
    for one in candidates(texts, known=given(study.project), least=LIKELY, most=0):
        for spot in one.spots:
            found[spot.key.removeprefix("source:")][one.clear] += 1
    return found


def _addressed(study: Study) -> dict[str, Counter[str]]:
    """By document what follows a form of address."""
    from qda.coding.pseudonyms import given

    known = {word for name in given(study.project) for word in name.split()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in study.db.execute(select(Source.guid, Source.text)):
        found[row.guid].update(m[1] for m in _ADDRESSED.finditer(row.text) if m[1] not in known)
    return found

"""A study as plain lists, stored as a project; and what a query gives there, worked out by loops.

Nothing here knows how the program does it: the reference reads the plan, never the project.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import product
from pathlib import Path

from sqlalchemy import select

from qda.coding import documents, open_coding
from qda.coding.retrieval import spec as q
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft
from qda.models import Project
from qda.models.codes import Code as CodeRow
from qda.models.material import Attribute, AttributeValue, Case, Coder, DocumentGroup, Source, Speaker

ROLES = {"I": "interviewer", "B": "respondent", "C": "respondent", "X": "left_out"}


@dataclass(frozen=True)
class Line:
    """A paragraph: who speaks ("" for nobody), its words, whether a turn begins, its kind."""

    speaker: str
    words: str
    opens: bool = True
    kind: str = "text"

    @property
    def label(self):
        return f"{self.speaker}: " if self.speaker and self.opens else ""

    @property
    def text(self):
        return self.label + self.words


@dataclass(frozen=True)
class Doc:
    title: str
    lines: tuple
    kind: str = "interview"
    group: int = -1
    case: int = -1
    speaker_cases: dict = field(default_factory=dict)

    @property
    def text(self):
        return "\n".join(line.text for line in self.lines)

    @property
    def starts(self):
        found, at = [], 0
        for line in self.lines:
            found.append(at)
            at += len(line.text) + 1
        return found


@dataclass(frozen=True)
class Plan:
    """``codes`` and ``cases`` are (name, place of the one above or -1); ``codings`` are
    (document, start, stop, code, coder, day); ``values`` are {(case, attribute): written}.
    """

    docs: tuple
    codes: tuple
    codings: tuple
    cases: tuple = ()
    groups: tuple = ()
    coders: tuple = ("Ada",)
    attributes: tuple = ()  # (name, kind, choices, missing)
    values: dict = field(default_factory=dict)


class Built:
    """A plan as a project, with the GUIDs of what is in it."""

    def __init__(self, plan: Plan, path: Path):
        self.plan = plan
        self.project = Project.create(path, title="Study", language="de", coder=plan.coders[0])
        with self.project.unit("build") as session:
            self._frame(session)
            self.docs = [self._document(session, doc) for doc in plan.docs]
            for doc, start, stop, code, coder, day in plan.codings:
                self.project.clock = lambda day=day: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
                open_coding.code_passage(
                    self.project,
                    source=self.docs[doc],
                    start=start,
                    stop=stop,
                    code=self.codes[code],
                    coder=plan.coders[coder],
                )

    def _frame(self, session):
        plan = self.plan
        self.codes, self.cases, self.coders = [], [], []
        rows = {}
        for table, listed, guids in ((CodeRow, plan.codes, self.codes), (Case, plan.cases, self.cases)):
            for at, (name, above) in enumerate(listed):
                row = table(name=name, position=at, parent_id=rows[table, above].id if above >= 0 else None)
                session.add(row)
                session.flush()
                rows[table, at] = row
                guids.append(row.guid)
        for name in plan.coders[1:]:
            session.add(Coder(name=name))
        session.flush()
        self.coders = [session.scalars(select(Coder.guid).where(Coder.name == n)).one() for n in plan.coders]
        self.groups = []
        for name in plan.groups:
            row = DocumentGroup(name=name)
            session.add(row)
            session.flush()
            self.groups.append(row.guid)
        for at, (name, kind, choices, missing) in enumerate(plan.attributes):
            row = Attribute(name=name, kind=kind, choices=list(choices), missing=list(missing), position=at)
            session.add(row)
            session.flush()
            for (case, attribute), value in plan.values.items():
                if attribute == at:
                    session.add(AttributeValue(case_id=rows[Case, case].id, attribute_id=row.id, value=value))
        session.flush()

    def _document(self, session, doc):
        paragraphs = tuple(
            ParagraphDraft(
                start,
                start + len(line.text),
                start + len(line.label),
                line.speaker or None,
                bool(line.speaker) and line.opens,
                line.kind,
                str(number),
            )
            for number, (start, line) in enumerate(zip(doc.starts, doc.lines, strict=True), start=1)
        )
        labels = dict.fromkeys(line.speaker for line in doc.lines if line.speaker)
        speakers = tuple(SpeakerDraft(label, ROLES[label], f"Name {label}") for label in labels)
        draft = TranscriptDraft(doc.text, paragraphs, speakers, (), (), "txt", "utf-8", "label", "de", ())
        guid = documents.take_in(
            self.project,
            draft=draft,
            title=doc.title,
            kind=doc.kind,
            case=self.cases[doc.case] if doc.case >= 0 else "",
            group=self.groups[doc.group] if doc.group >= 0 else "",
        )
        row = session.scalars(select(Source).where(Source.guid == guid)).one()
        for label, case in doc.speaker_cases.items():
            for speaker in session.scalars(
                select(Speaker).where(Speaker.source_id == row.id, Speaker.label == label)
            ):
                speaker.case_id = session.scalars(select(Case.id).where(Case.guid == self.cases[case])).one()
        return guid

    def close(self):
        self.project.close()


@dataclass(frozen=True)
class Passage:
    doc: int
    start: int
    stop: int


class Naive:
    """The reference. ``find`` gives passages as (document, start, stop) in order."""

    def __init__(self, built: Built):
        self.b, self.plan = built, built.plan
        self.of = cache(self._of)  # a query in a query is asked over and over
        self.carriers = cache(self._carriers)
        kept = {}
        for doc, start, stop, code, coder, day in self.plan.codings:
            # the same coding twice is one coding: the first
            kept.setdefault((doc, start, stop, code, coder), (Passage(doc, start, stop), code, coder, day))
        self.codings = list(kept.values())
        self.passages = sorted({c[0] for c in self.codings}, key=lambda p: (p.doc, p.start, p.stop))

    def find(self, query, within=None):
        world = tuple(self.codings)
        if within is not None:
            world = self.admitted(within, world)
        found = self.of(query, world)
        return [(p.doc, p.start, p.stop) for p in self.passages if p in found]

    def admitted(self, query, world):
        seen = self.narrowed(query, world)
        chosen = self.of(query, world)
        return tuple(c for c in seen if c[0] in chosen)

    # -- conditions

    def about_coding(self, query):
        if isinstance(query, q.Coder | q.Date):
            return True
        if isinstance(query, q.Not):
            return self.about_coding(query.what)
        return isinstance(query, q.And | q.Or) and bool(query.of) and all(map(self.about_coding, query.of))

    def holds(self, query, coding):
        if isinstance(query, q.Not):
            return not self.holds(query.what, coding)
        if isinstance(query, q.And):
            return all(self.holds(part, coding) for part in query.of)
        if isinstance(query, q.Or):
            return any(self.holds(part, coding) for part in query.of)
        if isinstance(query, q.Coder):
            return self.b.coders[coding[2]] == query.coder
        since = date.fromisoformat(query.since) if query.since else date.min
        until = date.fromisoformat(query.until) if query.until else date.max
        return since <= coding[3] <= until

    def narrowed(self, query, world):
        if self.about_coding(query):
            return tuple(c for c in world if self.holds(query, c))
        if isinstance(query, q.And):
            for part in query.of:
                if self.about_coding(part):
                    world = tuple(c for c in world if self.holds(part, c))
        return world

    def _of(self, query, world):
        if self.about_coding(query):
            return {c[0] for c in world if self.holds(query, c)}
        if isinstance(query, q.And):
            world = self.narrowed(query, world)
            found = {c[0] for c in world}
            for part in query.of:
                if not self.about_coding(part):
                    found = found & self.of(part, world)
            return found
        if isinstance(query, q.Or):
            return {p for part in query.of for p in self.of(part, world)}
        if isinstance(query, q.Not):
            return {c[0] for c in world} - self.of(query.what, world)
        if isinstance(query, q.Code):
            return {c[0] for c in world if self.under(query, c[1])}
        if hasattr(query, "left"):
            return self.related(query, world)
        return {c[0] for c in world if self.place(query, c[0])}

    def under(self, query, code):
        while code >= 0:
            if self.b.codes[code] == query.code:
                return True
            code = self.plan.codes[code][1] if query.with_children else -1
        return False

    # -- places

    def paragraph(self, passage, position):
        found = 0
        for at, start in enumerate(self.plan.docs[passage.doc].starts):
            if start <= position:
                found = at
        return found

    def paragraphs(self, passage):
        return range(self.paragraph(passage, passage.start), self.paragraph(passage, passage.stop - 1) + 1)

    def turns(self, doc):
        """For each paragraph the turn in which it lies; outside, one of its own."""
        found, turn, inside = [], -1, False
        for at, line in enumerate(self.plan.docs[doc].lines):
            if line.speaker and line.opens:
                turn, inside = at, True
            elif not (inside and (line.speaker or line.kind == "note")):
                turn, inside = at, False
            found.append(turn)
        return found

    def speaker(self, passage):
        return self.plan.docs[passage.doc].lines[self.paragraphs(passage)[0]].speaker

    def case(self, passage):
        doc = self.plan.docs[passage.doc]
        return doc.speaker_cases.get(self.speaker(passage), doc.case)

    def place(self, query, passage):
        doc = self.plan.docs[passage.doc]
        if isinstance(query, q.Text):
            return self.says(query, passage)
        if isinstance(query, q.Role):
            return ROLES.get(self.speaker(passage)) == query.role
        if isinstance(query, q.Speaker):
            label = self.speaker(passage)
            return bool(label) and query.label.lower() in (label.lower(), f"name {label}".lower())
        if isinstance(query, q.Case):
            case = self.case(passage)
            above = self.plan.cases[case][1] if case >= 0 else -1
            return any(
                one >= 0 and self.b.cases[one] == query.case
                for one in ((case, above) if query.with_inner else (case,))
            )
        if isinstance(query, q.Attribute):
            return self.shows(query, self.case(passage))
        if isinstance(query, q.Document):
            return self.b.docs[passage.doc] == query.source
        if isinstance(query, q.Group):
            return doc.group >= 0 and self.b.groups[doc.group] == query.group
        assert isinstance(query, q.Kind)
        return doc.kind == query.kind

    def shows(self, query, case):
        if case < 0:
            return False
        at = next(n for n, a in enumerate(self.plan.attributes) if a[0] == query.name)
        _name, kind, choices, missing = self.plan.attributes[at]
        value = self.plan.values.get((case, at))
        if value is None and self.plan.cases[case][1] >= 0:
            value = self.plan.values.get((self.plan.cases[case][1], at))
        if value is None or value in missing:
            return False
        if query.operator == "contains":
            return folded(query.value) in folded(value)
        mine, asked = value, query.value
        if kind == "number":
            mine, asked = float(mine), float(asked.replace(",", "."))
        elif kind == "choice" and query.operator not in "=≠":
            mine, asked = choices.index(mine), choices.index(asked)
        elif kind == "date":
            return compared_dates(mine, query.operator, asked)
        elif kind in ("text", "choice"):
            mine, asked = mine.casefold(), asked.casefold()
        return {
            "=": mine == asked,
            "≠": mine != asked,
            "<": mine < asked,
            ">": mine > asked,
            "≤": mine <= asked,
            "≥": mine >= asked,
        }[query.operator]

    def says(self, query, passage):
        doc = self.plan.docs[passage.doc]
        for start, line in zip(doc.starts, doc.lines, strict=True):
            first, last = start + len(line.label), start + len(line.text)
            text = doc.text
            for a, b in product(range(first, last), range(first + 1, last + 1)):
                if (
                    a < b
                    and passage.start <= a
                    and b <= passage.stop
                    and folded(text[a:b]) == folded(query.words)
                ):
                    edge = text[a - 1 : a].isalnum() or text[b : b + 1].isalnum()
                    if not (query.whole and edge):
                        return True
        return False

    # -- relations

    def related(self, query, world):
        left, right = self.of(query.left, world), self.of(query.right, world)
        return {
            one
            for one in left
            for other in right
            if (one != other or self.two_sided(query, one, world)) and self.relation(query, one, other)
        }

    def two_sided(self, query, passage, world):
        one = [
            n for n, c in enumerate(self.codings) if c in self.carriers(query.left, world) and c[0] == passage
        ]
        other = [
            n
            for n, c in enumerate(self.codings)
            if c in self.carriers(query.right, world) and c[0] == passage
        ]
        return bool(one) and bool(other) and one != other

    def _carriers(self, query, world):
        if isinstance(query, q.Code):
            return [c for c in world if self.under(query, c[1])]
        if self.about_coding(query):
            return [c for c in world if self.holds(query, c)]
        inner = self.narrowed(query, world)
        if self.names_code(query):
            if hasattr(query, "left"):
                found = self.carriers(query.left, inner)
            else:
                found = [c for part in query.of if self.names_code(part) for c in self.carriers(part, inner)]
        else:
            found = inner
        chosen = self.of(query, world)
        return [c for c in found if c[0] in chosen]

    def names_code(self, query):
        if isinstance(query, q.And | q.Or):
            return any(map(self.names_code, query.of))
        if hasattr(query, "left"):
            return self.names_code(query.left)
        return isinstance(query, q.Code)

    def relation(self, query, one, other):
        if one.doc != other.doc:
            return False
        mine, theirs = self.paragraphs(one), self.paragraphs(other)
        if isinstance(query, q.Overlapping):
            return bool(set(range(one.start, one.stop)) & set(range(other.start, other.stop)))
        if isinstance(query, q.Within):
            return other.start <= one.start and one.stop <= other.stop
        if isinstance(query, q.Contains):
            return one.start <= other.start and other.stop <= one.stop
        if isinstance(query, q.SameParagraph):
            return bool(set(mine) & set(theirs))
        if isinstance(query, q.SameTurn):
            turns = self.turns(one.doc)
            return bool({turns[p] for p in mine} & {turns[p] for p in theirs})
        if isinstance(query, q.FollowedBy):
            return other.start >= one.stop and theirs[0] - mine[-1] <= query.paragraphs
        return min(abs(a - b) for a in mine for b in theirs) <= query.paragraphs

    def shared(self, query):
        """For an intersection at the top: the places that two passages share."""
        world = tuple(self.codings)
        found = set()
        for one, other in product(self.of(query.left, world), self.of(query.right, world)):
            if one.doc == other.doc and (one != other or self.two_sided(query, one, world)):
                start, stop = max(one.start, other.start), min(one.stop, other.stop)
                if start < stop:
                    found.add((one.doc, start, stop))
        return sorted(found)


def folded(words):
    small = words.lower()
    for sign, plain in (("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        small = small.replace(sign, plain)
    return small


def compared_dates(mine, operator, asked):
    """Dates as text: a month or year is all of its days."""

    def first(written):
        return (written + "-01-01")[:10] if len(written) < 10 else written

    def last(written):
        return (written + "-12-31")[:10] if len(written) == 4 else (written + "-31")[:10]

    within = first(asked) <= first(mine) and last(mine) <= last(asked)
    return {
        "=": within,
        "≠": not within,
        "<": last(mine) < first(asked),
        ">": first(mine) > last(asked),
        "≤": last(mine) <= last(asked),
        "≥": first(mine) >= first(asked),
    }[operator]


__all__ = ["Built", "Doc", "Line", "Naive", "Plan", "replace"]

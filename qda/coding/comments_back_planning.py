"""Looks at each comment of a file that comes back: is it ours, where is it, what becomes of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from qda.coding.access import pairs
from qda.coding.citation import paragraphs_cited, quoted
from qda.coding.codes import codes, marks
from qda.coding.comments_back_arrivals import Arrival, Missing, Plan, plain, short
from qda.coding.comments_back_form import Comment, CommentedFile, Reply, Told, as_in_file, read_form
from qda.coding.comments_back_own import Own
from qda.coding.comments_back_places import Mapping, Place
from qda.coding.material import Passages, sources
from qda.coding.memo_queries import memos
from qda.coding.rows import CodeRow, Mark, SourceRow
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Segment
from qda.models.journal_tables import Change
from qda.models.material import Source


@dataclass(slots=True)
class Planning:
    """Looks at each comment of a file."""

    project: Project
    file: CommentedFile
    mapping: Mapping
    sources: tuple[str, ...]
    marks: dict[str, Mark] = field(default_factory=dict)
    there: dict[tuple[str, int, int, str, str], str] = field(default_factory=dict)  # codings by what they are
    codes: dict[str, CodeRow] = field(default_factory=dict)
    written: set[tuple[str, str, str]] = field(default_factory=set)  # memos: author, words, on what
    memos: dict[str, str] = field(default_factory=dict)  # GUID to its words
    gone: set[str] = field(default_factory=set)
    rows: dict[str, SourceRow] = field(default_factory=dict)

    def plan(self) -> Plan:
        """All arrivals, in the order of the text, replies behind what they answer."""
        self._look()
        places = [self.mapping.place(one) for one in self.file.comments]
        own = Own(self.file, places, self.rows, self.sources)
        told, missing = own.matched()
        arrivals: list[Arrival] = []
        for n, comment in enumerate(self.file.comments):
            one = self._arrival(comment, places[n], told.get(n))
            arrivals.append(one)
            above = len(arrivals) - 1
            if one.place is not None:  # else they stand in the memo of what they answer
                arrivals += [self._reply(reply, one, above) for reply in comment.replies]
        with self.project.read() as db:
            cited = _Cited.of(db)
            shown = tuple(self._with_words(arrivals, cited))
            gone = tuple(self._missing(*one, cited) for one in missing if self._still_there(one[1]))
        return Plan(self.file.name, self.sources, shown, gone)

    def _look(self) -> None:
        """What the study has: codings, codes, memos, and what was removed from it."""
        self.rows = {row.guid: row for row in sources(self.project)}
        for source in self.sources:
            for mark in marks(self.project, source):
                self.marks[mark.guid] = mark
                self.there[source, mark.start, mark.stop, mark.code, mark.coder] = mark.guid
        self.codes = {row.guid: row for row in codes(self.project)}
        with self.project.read() as db:
            query = (
                select(Segment.guid, Source.guid, Segment.start, Segment.stop)
                .join(Source, Source.id == Segment.source_id)
                .where(Source.guid.in_(self.sources))
            )
            segments = {guid: (source, a, b) for guid, source, a, b in db.execute(query).all()}
            wanted = [one.guid for record in self.file.records for one in record.remarks]
            self.gone = self._removed(db, wanted)
        for memo in memos(self.project):
            self.memos[memo.guid] = f"{plain(memo.title)}\n{plain(memo.body)}"
            for link in memo.links:
                kind, _colon, guid = link.partition(":")
                on = str(segments[guid]) if kind == "segment" and guid in segments else link
                self.written.add((memo.coder, plain(memo.body), on))

    @staticmethod
    def _removed(db: Connection, wanted: Iterable[str]) -> set[str]:
        """Those of the codings and memos that were in the study and were removed."""
        last: dict[str, str] = {}
        guids = list(wanted)
        for at in range(0, len(guids), 500):
            query = (
                select(Change.guid, Change.op)
                .where(
                    Change.table.in_(("coding", "memo")),
                    Change.guid.in_(guids[at : at + 500]),
                    Change.op.in_(("insert", "delete", "erased")),
                )
                .order_by(Change.id)
            )
            last.update((guid, op) for guid, op in db.execute(query).all())
        return {guid for guid, op in last.items() if op != "insert"}

    def _still_there(self, one: Told) -> bool:
        return one.guid in self.marks or one.guid in self.memos

    def _missing(self, source: str, one: Told, cited: "_Cited") -> Missing:
        mark = self.marks.get(one.guid)
        place = Place(source, mark.start, mark.stop) if mark else Place(source, one.start, one.stop)
        words, where = cited.place(place)
        return Missing(one.title, one.author, where, words)

    # -- one comment -----------------------------------------------------------------------------------------

    def _arrival(
        self, comment: Comment, place: Place | None, ours: tuple[Told, Place | None] | None
    ) -> Arrival:
        if ours is not None:
            told, exact = ours
            if told.kind == "coding":
                return self._coding(comment, told, exact or place)
            return self._memo_of_ours(comment, told, exact or place)
        form = read_form(comment.text)
        if form is not None and form[0] == "coding" and place is not None:
            code = self._code_called(form[1])
            if code is not None:
                return self._new_coding(comment, place, code, code.path, form[2])
        return self._foreign(comment, place)

    def _coding(self, comment: Comment, told: Told, place: Place | None) -> Arrival:
        """A comment that we wrote of a coding."""
        comment = self._as_told(comment, told)
        form = read_form(comment.text)
        path, words = (form[1], form[2]) if form and form[0] == "coding" else ("", comment.text)
        renamed = plain(path) != plain(told.title)
        mark = self.marks.get(told.guid)
        if mark is None:
            if place is None:
                return self._foreign(comment, None)
            code = self.codes.get(told.code) or self._code_called(told.title)
            if renamed:
                code = self._code_called(path)
                if code is None:
                    return self._foreign(comment, place)
            arrival = self._new_coding(comment, place, code, path or told.title, words)
            arrival = replace(arrival, made=told.made)
            return replace(arrival, state="removed") if told.guid in self.gone else arrival
        here = replace(
            self._base(comment, Place(self._source_of_mark(mark, place), mark.start, mark.stop)),
            coding=mark.guid,
            code=mark.code,
            path=self.codes[mark.code].path,
        )
        if comment.text == told.text:
            return replace(here, state="same")
        if renamed:
            on = f"coding:{mark.guid}"
            title = _("Another code is named: {name}").format(name=short(path or comment.text))
            return self._unless_known(replace(here, state="code", title=title, body=comment.text), on)
        before = read_form(told.text)
        if plain(words) == plain(mark.comment):
            return replace(here, state="same")
        if before is not None and plain(before[2]) != plain(mark.comment):  # changed here too
            one = replace(here, state="reply", title=_("Comment changed in the file"), body=words)
            return self._unless_known(one, f"coding:{mark.guid}")
        return replace(here, state="comment", body=words)

    @staticmethod
    def _as_told(comment: Comment, told: Told) -> Comment:
        """Our comment with its words as they were, where nobody changed them: files cannot hold all signs."""
        same = plain(comment.text) == plain(as_in_file(told.text))
        return replace(comment, author=told.author, text=told.text if same else comment.text)

    def _source_of_mark(self, mark: Mark, place: Place | None) -> str:
        if place is not None or len(self.sources) == 1:
            return place.source if place is not None else self.sources[0]
        return next(key[0] for key, guid in self.there.items() if guid == mark.guid)

    def _new_coding(
        self, comment: Comment, place: Place, code: CodeRow | None, path: str, words: str
    ) -> Arrival:
        here = replace(self._base(comment, place), body=words, path=code.path if code else path)
        if code is not None:
            known = self.there.get((place.source, place.start, place.stop, code.guid, comment.author))
            here = replace(here, code=code.guid, coding=known or "")
            if known:
                return replace(here, state="same")
        return replace(here, state="coding")

    def _memo_of_ours(self, comment: Comment, told: Told, place: Place | None) -> Arrival:
        """A comment that we wrote of a memo."""
        comment = self._as_told(comment, told)
        form = read_form(comment.text)
        title, words = (form[1], form[2]) if form else ("", comment.text)
        here = replace(self._base(comment, place), title=title or self._title(comment), body=words)
        unchanged = comment.text == told.text
        if told.guid in self.memos and (
            unchanged or self.memos[told.guid] == f"{plain(title)}\n{plain(words)}"
        ):
            return replace(here, state="same")
        if told.guid in self.gone and unchanged:
            return replace(here, state="removed")
        if place is None:
            return self._foreign(comment, None)
        return self._unless_known(replace(here, made=told.made), self._on(place))

    def _foreign(self, comment: Comment, place: Place | None) -> Arrival:
        """A memo of its author on the words, or on the document."""
        here = self._base(comment, place)
        if place is not None:
            return self._unless_known(here, self._on(place))
        said = self._words_in_file(comment)
        body = f"{comment.text}\n\n{quoted(said)}" if said else comment.text
        title = _("Comment without a place: {words}").format(words=short(comment.text))
        here = replace(here, state="unplaced", title=title, body=body)
        for reply in comment.replies:
            here = replace(here, body=f"{here.body}\n\n{reply.author}: {reply.text}")
        return self._unless_known(here, f"source:{here.source}")

    def _reply(self, reply: Reply, above: Arrival, at: int) -> Arrival:
        title = _("Reply by {author}: {words}").format(author=reply.author, words=short(reply.text))
        one = replace(above, state="reply", author=reply.author, title=title, body=reply.text, above=at)
        one = replace(one, date=reply.date, made="")
        on = f"coding:{above.coding}" if above.coding else self._on(above.place) if above.place else ""
        return self._unless_known(one, on or f"source:{above.source}")

    def _base(self, comment: Comment, place: Place | None) -> Arrival:
        return Arrival(
            state="memo",
            author=comment.author,
            title=self._title(comment),
            body=comment.text,
            date=comment.date,
            source=place.source if place else self._nearest_source(comment),
            place=place,
        )

    def _title(self, comment: Comment) -> str:
        words = short(comment.text)
        if not comment.author:
            return _("Comment: {words}").format(words=words)
        return _("Comment by {author}: {words}").format(author=comment.author, words=words)

    def _nearest_source(self, comment: Comment) -> str:
        """The document in which what has no place stands in the file."""
        return self.mapping.source_at(comment.first) or self.sources[0]

    def _unless_known(self, one: Arrival, on: str) -> Arrival:
        """The same, or nothing where its author has written that there before."""
        known = (one.author, plain(one.body), on) in self.written
        return replace(one, state="same") if known else one

    @staticmethod
    def _on(place: Place) -> str:
        return str((place.source, place.start, place.stop))

    def _code_called(self, path: str) -> CodeRow | None:
        """The code with this path, else the only one with this name."""
        wanted = plain(path)
        same = [row for row in self.codes.values() if plain(row.path) == wanted]
        same = same or [row for row in self.codes.values() if plain(row.name) == wanted]
        return same[0] if len(same) == 1 else None

    def _words_in_file(self, comment: Comment) -> str:
        lines = self.file.paragraphs[comment.first : comment.last + 1]
        if not lines:
            return ""
        if len(lines) == 1:
            return lines[0][comment.start : comment.stop].strip()
        return " ".join((lines[0][comment.start :], *lines[1:-1], lines[-1][: comment.stop])).strip()

    # -- the words in the study ------------------------------------------------------------------------------

    def _with_words(self, arrivals: Sequence[Arrival], cited: "_Cited") -> Iterator[Arrival]:
        for one in arrivals:
            words, where = cited.place(one.place) if one.place else ("", self.rows[one.source].title)
            yield replace(one, words=words, cited=where)


@dataclass(slots=True)
class _Cited:
    """Words of passages and how they are cited."""

    passages: Passages
    ids: dict[str, int]

    @classmethod
    def of(cls, db: Connection) -> "_Cited":
        return cls(Passages(db), pairs(db.execute(select(Source.guid, Source.id))))

    def place(self, place: Place) -> tuple[str, str]:
        """The words, and where they stand."""
        row = self.passages.row("", self.ids[place.source], place.start, place.stop)
        return row.text, paragraphs_cited(row)

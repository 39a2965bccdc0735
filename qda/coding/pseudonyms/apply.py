"""Replacing names everywhere as one act that can be undone; its record holds no clear name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from qda.coding.access import add, coder_of, get
from qda.coding.correcting import correct
from qda.coding.pseudonyms.entries import Entry, entries_of
from qda.coding.pseudonyms.fields import text_at, with_text
from qda.coding.pseudonyms.forms import Finder
from qda.coding.pseudonyms.plan import Hit, complete, hits
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.models import Project
from qda.models.journal import ENTITIES
from qda.models.material import PseudonymRecord
from qda.models.splicing import Hunk

_Place = tuple[str, str, str]  # table, GUID, column


def pseudonymise(project: Project, *, entries: str) -> str:
    """Replaces names everywhere; entries is a JSON list of {"clear", "kind", "replacement"} and more.

    Every hit of a sure form is replaced: "forms" ({"written", "replacement", "sure"}) says otherwise.
    """
    listed = complete(project, entries_of(entries))
    return replace_hits(project, entries=listed, found=hits(project, listed))


def replace_hits(project: Project, *, entries: Sequence[Entry], found: Sequence[Hit]) -> str:
    """Replaces the accepted hits of :func:`qda.coding.pseudonyms.plan.hits` as one act; the others stay.

    Returns the GUID of a record, or nothing where there was no hit.

    :raises KnownError: a replacement is empty or holds the clear name; a text has changed since.
    """
    chosen = [hit for hit in found if hit.accepted]
    _refuse_leaks(entries, chosen)
    count = len(chosen)
    label = ngettext("Replace {n} name", "Replace {n} names", count).format(n=count)
    by_place: defaultdict[_Place, list[Hit]] = defaultdict(list)
    for hit in chosen:
        by_place[hit.table, hit.guid, hit.field].append(hit)
    with project.unit(label):
        for (table, guid, column), group in by_place.items():
            if (table, column) == ("source", "text"):
                _in_document(project, guid, group, label)
            else:
                _in_field(project, table, guid, column, group)
        return _recorded(project, entries, chosen)


def _refuse_leaks(entries: Sequence[Entry], chosen: Sequence[Hit]) -> None:
    finders = [Finder(entry) for entry in entries]
    for replacement in {(hit.entry, hit.replacement) for hit in chosen}:
        number, words = replacement
        if not words.strip():
            raise KnownError(
                _("“{name}” needs something that stands for it.").format(name=entries[number].clear)
            )
        if any(True for _match in finders[number].matches(words)):
            raise KnownError(
                _("“{replacement}” cannot stand for “{name}”: it holds the clear name.").format(
                    replacement=words, name=entries[number].clear
                )
            )


def _in_document(project: Project, source: str, group: Sequence[Hit], label: str) -> None:
    hunks = [Hunk(hit.start, hit.written, hit.replacement) for hit in sorted(group, key=lambda h: h.start)]
    correct(project, source=source, hunks=hunks, label=label)


def _in_field(project: Project, table: str, guid: str, column: str, group: Sequence[Hit]) -> None:
    row = get(project.session, ENTITIES[table], guid)
    value = getattr(row, column)
    for hit in sorted(group, key=lambda h: (h.path, -h.start)):
        words = text_at(value, hit.path)
        if words[hit.start : hit.stop] != hit.written:
            raise KnownError(_("The text is not the one that was to be corrected. Nothing was changed."))
        value = with_text(value, hit.path, words[: hit.start] + hit.replacement + words[hit.stop :])
    setattr(row, column, value)


def _recorded(project: Project, entries: Sequence[Entry], chosen: Sequence[Hit]) -> str:
    session, guid = project.session, ""
    coder = coder_of(project).id
    for number, entry in enumerate(entries):
        own = [hit for hit in chosen if hit.entry == number]
        if not own:
            continue
        words = entry.replacement if _is_clean(entry.replacement, entries) else ""
        row = PseudonymRecord(
            kind=entry.kind,
            replacement=words,
            hits=len(own),
            documents=len({hit.source for hit in own if hit.source}),
            done=project.clock(),
            coder_id=coder,
        )
        guid = add(session, row).guid
    return guid


def _is_clean(words: str, entries: Sequence[Entry]) -> bool:
    return not any(True for entry in entries for _match in Finder(entry).matches(words))


# -- the protocol -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """A line of the appendix: how many names of a kind were replaced, at how many places.

    ``documents``: the most documents in which one of them was replaced.
    """

    kind: str
    names: int
    hits: int
    documents: int


def given(project: Project) -> tuple[str, ...]:
    """The pseudonyms that stand in the project already: no candidates any more."""
    with project.read() as db:
        query = select(PseudonymRecord.replacement).distinct().order_by(PseudonymRecord.replacement)
        return tuple(db.execute(query).scalars())


def protocol(project: Project) -> tuple[ProtocolRow, ...]:
    """What was pseudonymised: kinds and numbers, no names."""
    query = select(
        PseudonymRecord.kind, PseudonymRecord.replacement, PseudonymRecord.hits, PseudonymRecord.documents
    ).order_by(PseudonymRecord.id)
    by_kind: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    with project.read() as db:
        for row in db.execute(query):
            by_kind[row.kind].append((row.replacement, row.hits, row.documents))
    return tuple(
        ProtocolRow(
            kind, len({r for r, _h, _d in rows}), sum(h for _r, h, _d in rows), max(d for *_x, d in rows)
        )
        for kind, rows in by_kind.items()
    )

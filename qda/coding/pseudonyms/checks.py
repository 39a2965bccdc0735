"""Questions before replacing: pseudonyms that would mix people up. Plain sentences; none stops anyone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from qda.coding.pseudonyms.entries import Entry
from qda.coding.pseudonyms.forms import Finder, parted
from qda.coding.pseudonyms.plan import Hit, hits
from qda.i18n import _, ngettext
from qda.models import Project
from qda.models.material import Source, Speaker


def questions(
    project: Project,
    entries: Sequence[Entry],
    found: Sequence[Hit] | None = None,
    *,
    known: Iterable[Entry] = (),
) -> tuple[str, ...]:
    """What a person should look at; ``known`` are entries of the key, whose pseudonyms occur already."""
    found = hits(project, entries) if found is None else found
    given = list(known)
    return (
        *_shared(entries, given),
        *_changed(entries, given),
        *_somebodys(entries),
        *_contradicting(found),
        *_occurring(project, entries, given),
        *_labels(project, found),
    )


def _bare(name: str, kind: str) -> str:
    return parted(name, kind)[1].casefold()


def _shared(entries: Sequence[Entry], known: Sequence[Entry]) -> list[str]:
    """One pseudonym for several names (a coarse one may be)."""
    by: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entry in (*known, *entries):
        if not entry.coarse:
            by[_bare(entry.replacement, entry.kind)].setdefault(_bare(entry.clear, entry.kind), entry.clear)
    asked = {_bare(entry.replacement, entry.kind): entry.replacement for entry in entries}
    return [
        _("“{pseudonym}” stands for several names: {names}.").format(
            pseudonym=asked[pseudonym], names=", ".join(names.values())
        )
        for pseudonym, names in by.items()
        if len(names) > 1 and pseudonym in asked
    ]


def _changed(entries: Sequence[Entry], known: Sequence[Entry]) -> list[str]:
    """A name that has another pseudonym already."""
    before = {_bare(entry.clear, entry.kind): entry for entry in known}
    sentences = []
    for entry in entries:
        old = before.get(_bare(entry.clear, entry.kind))
        if old is not None and old.replacement != entry.replacement:
            sentences.append(
                _("“{name}” was replaced by “{old}” before, and would now be “{new}”.").format(
                    name=entry.clear, old=old.replacement, new=entry.replacement
                )
            )
    seen: dict[str, Entry] = {}
    for entry in entries:
        twin = seen.setdefault(_bare(entry.clear, entry.kind), entry)
        same = parted(twin.clear, entry.kind)[0] == parted(entry.clear, entry.kind)[0]
        if twin is not entry and same:
            sentences.append(_("“{name}” is listed twice.").format(name=entry.clear))
    return sentences


def _somebodys(entries: Sequence[Entry]) -> list[str]:
    """A pseudonym that is the clear name of somebody else."""
    sentences = []
    for entry in entries:
        for other in entries:
            if any(True for _match in Finder(other).matches(entry.replacement)):
                sentences.append(
                    _("“{pseudonym}” (for “{name}”) is itself a name to be replaced: “{other}”.").format(
                        pseudonym=entry.replacement, name=entry.clear, other=other.clear
                    )
                )
    return sentences


def _contradicting(found: Sequence[Hit]) -> list[str]:
    """One form with several replacements."""
    by: defaultdict[str, set[str]] = defaultdict(set)
    for hit in found:
        if hit.accepted:
            by[hit.written].add(hit.replacement)
    return [
        _("“{name}” becomes different things: {names}.").format(name=written, names=", ".join(sorted(new)))
        for written, new in by.items()
        if len(new) > 1
    ]


def _occurring(project: Project, entries: Sequence[Entry], known: Sequence[Entry]) -> list[str]:
    """Pseudonyms that stand in the documents already, of somebody else perhaps."""
    used = {_bare(entry.replacement, entry.kind) for entry in known}
    with project.read() as db:
        texts = list(db.execute(select(Source.text)).scalars())
    sentences = []
    for entry in entries:
        if entry.coarse or _bare(entry.replacement, entry.kind) in used:
            continue
        look = Finder(Entry(entry.replacement, entry.kind, "x"))
        count = sum(
            1 for text in texts for match in look.matches(text) if match[0][:1] != match[0][:1].lower()
        )
        if count:
            sentences.append(
                ngettext(
                    "“{pseudonym}” stands in the documents already, {n} time.",
                    "“{pseudonym}” stands in the documents already, {n} times.",
                    count,
                ).format(pseudonym=entry.replacement, n=count)
            )
    return sentences


def _labels(project: Project, found: Sequence[Hit]) -> list[str]:
    """Speakers of one document that would have one label."""
    new = {(h.guid, h.written): h.replacement for h in found if h.table == "speaker" and h.field == "label"}
    if not new:
        return []
    with project.read() as db:
        rows = db.execute(
            select(Source.title, Speaker.guid, Speaker.label).join(Source, Source.id == Speaker.source_id)
        ).all()
    labels: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        label = row.label
        for (guid, written), replacement in new.items():
            if guid == row.guid:
                label = label.replace(written, replacement)
        labels[row.title, label] += 1
    return [
        _("Two speakers of “{title}” would both be “{label}”.").format(title=title, label=label)
        for (title, label), count in labels.items()
        if count > 1
    ]

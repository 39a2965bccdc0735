"""Taking clear names out of everything that the program has written: for good.

Which forms there are is asked of all that the file holds: the texts now, and what the history kept of them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from qda.coding.pseudonyms.entries import Entry, Form
from qda.coding.pseudonyms.fields import field_texts
from qda.coding.pseudonyms.forms import Finder, forms_of, parted, with_forms
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.journal_tables import Change, Unit
from qda.models.material import PseudonymRecord, Setting, Source


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did: forms that went, forms left because they may be something else."""

    forms: int
    left: tuple[str, ...]


def purge(project: Project, entries: Sequence[Entry], *, unsure: bool = False) -> Purged:
    """Replaces every form of the names in all that the project file holds, and drops what holds them.

    Forms that are not sure stay, unless ``unsure``. No undo brings a name back.

    :raises KnownError: there is no such name in the project; or a pseudonym holds a clear name.
    """
    from qda.models.erasing import scrub

    forms, left = purgeable(project, entries, unsure=unsure)
    if not forms:
        raise KnownError(_("None of these names stands in the project or its history. Nothing was changed."))
    scrub(project, replacements=forms)
    return Purged(len(forms), left)


def purgeable(
    project: Project, entries: Sequence[Entry], *, unsure: bool = False
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Forms with their replacements, as a purge would take them, and those it would leave."""
    texts = list(_everything(project))
    forms: dict[str, str] = {}
    left: list[str] = []
    for entry in entries:
        look = Finder(entry)
        here = [text for text in texts if any(True for _match in look.matches(text))]
        if not here:
            continue
        for form in _all_forms(entry, here):
            if form.sure or unsure:
                forms.setdefault(form.written, form.replacement)
            else:
                left.append(form.written)
    joined = _joined_by_underscores(forms, texts)
    return joined | forms, tuple(sorted(set(left) - set(forms)))


def _all_forms(entry: Entry, texts: Sequence[str]) -> Iterator[Form]:
    """Each form, and the same without the title before it: the history may hold it so.

    Those of which the entry says that they are not sure stay so.
    """
    unsure = {form.written for form in entry.forms if not form.sure}
    for form in with_forms(entry, texts).forms:
        yield form
        title, name = parted(form.written, entry.kind)
        if title and form.sure:
            bare = forms_of(replace(entry, forms=()), [name])
            yield from (one for one in bare if one.written not in unsure)


def _joined_by_underscores(forms: dict[str, str], texts: Iterable[str]) -> dict[str, str]:
    """Names of files ("Interview_Name"): the underscore joins words for those who look for whole ones."""
    if not forms:
        return {}
    longest = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(form)}(?![^\W_])" for form in longest))
    found: dict[str, str] = {}
    for text in texts:
        for word in set(re.findall(r"\w*_\w*", text)):
            new = pattern.sub(lambda match: forms[match[0]], word)
            if new != word:
                found[word] = new
    return found


def _everything(project: Project) -> Iterator[str]:
    """Every text of the file: documents, all fields, side data, labels and payloads of the history."""
    with project.read() as db:
        yield from db.execute(select(Source.text)).scalars()
        for one in field_texts(db):
            yield one.text
        yield from db.execute(select(Unit.label)).scalars()
        yield from db.execute(select(Setting.value)).scalars()
        yield from db.execute(select(PseudonymRecord.replacement)).scalars()
        for old, new in db.execute(select(Change.old, Change.new)):
            yield from _texts_of(old)
            yield from _texts_of(new)


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value[:1] in ("[", "{"):  # JSON kept as a text
            try:
                inner = json.loads(value)
            except ValueError:
                return
            if not isinstance(inner, str):
                yield from _texts_of(inner)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_of(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_of(one)

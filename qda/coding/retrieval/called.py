"""What the things in a query are called: names for people, and names from which they are found again."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qda.coding.access import pairs
from qda.coding.references import PATH_SEPARATOR, code_paths
from qda.i18n import _
from qda.models import Project
from qda.models.material import Case, Coder, DocumentGroup, Source, Speaker


class Called:
    """Names of codes, cases, coders, documents and groups by GUID, as they are now."""

    def __init__(self, project: Project) -> None:
        with project.read() as db:
            self.codes = code_paths(db)
            self.cases: dict[str, str] = pairs(db.execute(select(Case.guid, Case.name)))
            self.coders: dict[str, str] = pairs(db.execute(select(Coder.guid, Coder.name)))
            self.sources: dict[str, str] = pairs(db.execute(select(Source.guid, Source.title)))
            self.groups: dict[str, str] = pairs(db.execute(select(DocumentGroup.guid, DocumentGroup.name)))

    def for_people(self, names: dict[str, str], guid: str) -> str:
        """The name; a code's without its path. What is gone is said to be."""
        name = names.get(guid)
        if name is None:
            return _("(gone)") if len(guid) == 36 else guid
        return name.rsplit(PATH_SEPARATOR, 1)[-1] if names is self.codes else name

    def found_again(self, names: dict[str, str], guid: str) -> str:
        """The name (a code's shortest) where it means this thing alone, else the GUID."""
        name = names.get(guid)
        if name is None:
            return guid
        if names is self.codes:
            short = name.rsplit(PATH_SEPARATOR, 1)[-1]
            same = [path for path in names.values() if short in (path, path.rsplit(PATH_SEPARATOR, 1)[-1])]
            name = short if len(same) == 1 else name
        counted = Counter(one.casefold() for one in names.values())
        odd = name != " ".join(name.split()) or len(name.split(PATH_SEPARATOR)) != name.count(">") + 1
        alone = counted[names[guid].casefold()] == 1
        return name if alone and not (names is self.codes and odd) else guid


Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Askable:
    """What can be asked for besides codes: GUIDs with names, in their order; speakers by label and name."""

    cases: Named
    coders: Named
    documents: Named
    groups: Named
    speakers: Named
    inner_cases: bool


def askable(project: Project) -> Askable:
    """What a query can name in a project."""
    with project.read() as db:

        def named(*query: Any) -> Named:
            return tuple((row[0], row[1]) for row in db.execute(select(*query[:2]).order_by(*query[2:])))

        labels: dict[str, str] = {}
        for label, name in db.execute(select(Speaker.label, Speaker.name).distinct().order_by(Speaker.label)):
            labels[label] = labels.get(label) or name
        return Askable(
            named(Case.guid, Case.name, Case.position, Case.id),
            named(Coder.guid, Coder.name, Coder.id),
            named(Source.guid, Source.title, Source.position, Source.id),
            named(DocumentGroup.guid, DocumentGroup.name, DocumentGroup.position, DocumentGroup.id),
            tuple(labels.items()),
            db.execute(select(Case.id).where(Case.parent_id.is_not(None)).limit(1)).first() is not None,
        )

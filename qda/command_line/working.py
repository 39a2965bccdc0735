"""What the commands do: open a study, ask or act, print. Those that only read change no byte of the file."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda import preflight
from qda.command_line import output
from qda.errors import KnownError, UsageError
from qda.i18n import Language, _, ngettext, use_language

if TYPE_CHECKING:
    from qda.exchange.importing import Decision, Imported, ReadFile
    from qda.models import Project


def reading(path: Path) -> "Project":
    """The study at ``path``, opened so that no byte of it changes."""
    from qda.models import Project

    return Project.open(path, read_only=True)


def writing(path: Path) -> "Project":
    """The study at ``path``, opened for acts."""
    from qda.models import Project

    return Project.open(path)


def source_named(project: "Project", written: str) -> str:
    """The GUID of a document given by GUID, title or the name of the file it came from.

    :raises KnownError: there is none, or several.
    """
    from qda.coding.references import resolve_source

    return resolve_source(project, written)


def keys_of(written: Iterable[str]) -> dict[str, str]:
    """``key=value`` words as a mapping.

    :raises UsageError: a word without "=", or a key twice.
    """
    found: dict[str, str] = {}
    for word in written:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise UsageError(_("Write key=value, not “{word}”.").format(word=word))
        if key in found:
            raise UsageError(_("“{key}” is given twice.").format(key=key))
        found[key] = value
    return found


# -- acts ---------------------------------------------------------------------------------------------------


def new(path: Path, *, title: str, language: Language, template: str, coder: str) -> None:
    """Makes a study; its texts are in its language."""
    from qda.coding.paradigms import templates
    from qda.models import Project

    known = [t.id for t in templates()]
    if template not in known:
        raise UsageError(
            _("There is no template “{name}”. There are: {names}.").format(
                name=template, names=", ".join(known)
            )
        )
    with use_language(language):
        Project.create(path, title=title, language=language, template=template, coder=coder).close()
    output.say(_("Made “{path}”.").format(path=path))


def import_files(path: Path, files: list[Path], wishes: "Wishes", *, as_json: bool) -> bool:
    """Brings files in; False where one of them could not be read."""
    from qda.exchange.disk import expanded
    from qda.exchange.importing import import_files as bring_in
    from qda.exchange.reader import CancelledError

    found = expanded(files)
    if not found:
        raise KnownError(_("There is no file in it that could be brought in."))
    if wishes.title and len(found) > 1:
        raise UsageError(_("A title can be given for one file, not for {n}.").format(n=len(found)))
    wishes.check()
    found = _without_coded(path, found, wishes, as_json=as_json)
    if not found:
        return True
    try:
        with writing(path) as project, output.counting(_("Files read: {n} of {all}"), len(found)) as count:
            done = bring_in(
                project,
                found,
                family=wishes.family or None,
                encoding=wishes.encoding or None,
                decide=wishes.decide,
                progress=count,
            )
    except KeyboardInterrupt:
        raise CancelledError from None
    if as_json:
        output.as_json([asdict(one) for one in done])
    for one in done:
        if one.error is not None:
            name = Path(one.file).name
            output.complain(one.error if name in one.error else f"{name}: {one.error}")
        elif not as_json:
            output.say(_import_line(one))
            for warning in one.warnings:
                output.say(f"    {warning}")
    return all(one.error is None for one in done)


def _without_coded(path: Path, files: list[Path], wishes: "Wishes", *, as_json: bool) -> list[Path]:
    """The files that are documents; coded transcripts of the program bring their comments back at once."""
    from qda.exchange.comments_back import is_coded, read_comments

    coded = [] if wishes.again else [one for one in files if is_coded(one)]
    if not coded:
        return files
    with writing(path) as project:
        brought = {one: read_comments(project, file=str(one)) for one in coded}
    if as_json and len(coded) == len(files):
        rows = [{"file": str(one), "comments": told.splitlines()} for one, told in brought.items()]
        output.as_json(rows)
    for one, told in brought.items():
        if not as_json:
            head = f"{one.name}: {_('comments of a coded transcript')}"
            output.say("\n    ".join([head, *told.splitlines()]))
    return [one for one in files if one not in brought]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was said about all files of an import; empty leaves it to the program."""

    family: str = ""
    encoding: str = ""
    title: str = ""
    kind: str = ""
    case: str = ""
    group: str = ""
    comments: bool = True
    again: bool = False

    def check(self) -> None:
        """
        :raises UsageError: a word that does not exist.
        """
        from typing import get_args

        from qda.coding.documents import SourceKind
        from qda.exchange.openings import FAMILIES

        _one_of("--kind", self.kind, get_args(SourceKind))
        _one_of("--family", self.family, FAMILIES)
        if self.encoding:
            try:
                "a".encode(self.encoding)
            except LookupError:
                raise UsageError(
                    _("There is no encoding called {name}.").format(name=self.encoding)
                ) from None

    def decide(self, file: "ReadFile") -> "Decision":
        """What is proposed for a file, but for what was said."""
        from qda.exchange.importing import proposed

        said: dict[str, Any] = {
            name: getattr(self, name) for name in ("title", "kind", "case", "group") if getattr(self, name)
        }
        return replace(proposed(file), comments=self.comments, again=self.again, **said)


def _one_of(option: str, written: str, known: Iterable[str]) -> None:
    if written and written not in (names := tuple(known)):
        raise UsageError(_("{option} is one of: {names}.").format(option=option, names=", ".join(names)))


def _import_line(one: "Imported") -> str:
    name = Path(one.file).name
    if one.family in ("survey", "attributes"):
        cases = ngettext("{n} case", "{n} cases", len(one.cases)).format(n=len(one.cases))
        documents = ngettext("{n} document", "{n} documents", len(one.sources)).format(n=len(one.sources))
        return f"{name}: {one.format}, {cases}, {documents}"
    turns = ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns)
    speakers = ", ".join(s.label for s in one.speakers) or _("no speakers")
    return f"{name}: {one.format}, {turns}, {speakers}"


def code(path: Path, source: str, start: int, stop: int, code: str, *, coder: str, as_json: bool) -> None:
    """Codes a passage and prints the coding."""
    from qda.acts import perform
    from qda.coding.codes import codings
    from qda.command_line.shaping import coding_rows

    with writing(path) as project:
        document = source_named(project, source)
        words = {"source": document, "start": start, "stop": stop, "code": code}
        guid = perform(project, "code", words | ({"coder": coder} if coder else {}))
        (row,) = coding_rows(project, codings(project, guids=[guid]))
    if as_json:
        output.as_json(row)
    else:
        text = " ".join(str(row["text"]).split())
        output.say(f"“{text}” ({row['source_name']}, {row['paragraph']}) → {row['path']}")


def do(path: Path, act: str, keys: list[str], *, as_json: bool) -> bool:
    """Does one act and prints what it gives; False where an act that only asks found something wrong."""
    from qda.acts import act as act_named
    from qda.acts import perform

    row, written = act_named(act), keys_of(keys)  # a wrong call is told before the file is touched
    if row.asks:
        from qda.command_line import quotations

        return quotations.check(path, written, as_json=as_json)
    with writing(path) as project:
        for parameter in row.parameters:
            if parameter.ref is not None and parameter.ref.table == "source" and written.get(parameter.name):
                written[parameter.name] = source_named(project, written[parameter.name])
        result = perform(project, act, written)
        unit = project.last_change.unit if project.last_change else None
    if as_json:
        output.as_json({"act": act, "result": result, "unit": unit})
    elif unit is None and not (row.for_good or row.id.startswith("export-") or written.get("dry")):
        output.say(_("{act}: nothing to change.").format(act=row.title))
    else:
        output.say(f"{row.title}: {result}")
    return True


def list_acts(wanted: str, *, as_json: bool) -> None:
    """Every act of the table with its parameters."""
    from qda.acts import ACTS

    found = [one for one in ACTS if wanted in one.id]
    if as_json:
        output.as_json(
            [
                {
                    "act": one.id,
                    "title": one.title,
                    "help": one.help,
                    "parameters": [_parameter(p) for p in one.parameters],
                }
                for one in found
            ]
        )
        return
    for one in found:
        words = [f"{p.name}={_hint(p)}" for p in one.parameters]
        marked = [w if p.required else f"[{w}]" for w, p in zip(words, one.parameters, strict=True)]
        output.say(f"{one.id}  {' '.join(marked)}\n    {one.title}")


def _parameter(parameter: Any) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "required": parameter.required,
        "many": parameter.many,
        "choices": list(parameter.choices),
        "refers_to": parameter.ref.table if parameter.ref else None,
        "default": parameter.default,
    }


def _hint(parameter: Any) -> str:
    if parameter.choices:
        return "|".join(parameter.choices)
    word = parameter.ref.table.strip("_*") or "kind:name" if parameter.ref else parameter.kind
    return f"{word};…" if parameter.many else str(word)


def undo(path: Path) -> None:
    """Takes back the current coder's last act."""
    with writing(path) as project:
        output.say(_("Undone: {act}").format(act=project.undo()))


def redo(path: Path) -> None:
    """Brings back what was taken back."""
    with writing(path) as project:
        output.say(_("Done again: {act}").format(act=project.redo()))


# -- questions ----------------------------------------------------------------------------------------------


def list_kind(path: Path, name: str, *, as_json: bool) -> None:
    """Prints the rows of one kind."""
    from qda.command_line.kinds import kind

    wanted = kind(name)
    with reading(path) as project:
        rows = wanted.rows(project)
    if as_json:
        output.as_json(rows)
    else:
        output.table(rows, [(key, _(heading)) for key, heading in wanted.columns])


def text(path: Path, source: str) -> None:
    """Prints the stored text of a document, exactly."""
    from qda.coding.material import text as stored

    with reading(path) as project:
        whole = stored(project, source_named(project, source))
    output.exactly(whole)


def search(path: Path, query: str, *, as_json: bool) -> None:
    """Prints every hit."""
    from qda.coding.search import search as find

    with reading(path) as project:
        hits = find(project, query)
    if as_json:
        output.as_json([{"source_name": h.title, **_hit(h)} for h in hits])
        return
    for hit in hits:
        output.say(f"{hit.title}, {hit.paragraph}: {' '.join(hit.text.split())}")
    output.say(ngettext("{n} hit", "{n} hits", len(hits)).format(n=len(hits)))


def _hit(hit: Any) -> dict[str, Any]:
    return {key: value for key, value in asdict(hit).items() if key != "title"}


def check(path: Path, *, as_json: bool) -> bool:
    """Prints what is wrong with the file; True where nothing is."""
    with reading(path) as project:
        rows = [
            {"id": "file", "question": _("Is the file sound?"), "findings": project.check()},
            {
                "id": "texts",
                "question": _("Are all texts as they were stored?"),
                "findings": _altered_texts(project),
            },
        ]
    if as_json:
        output.as_json(rows)
    else:
        for row in rows:
            output.say(f"{row['question']} {'; '.join(row['findings']) or _('Yes.')}")
    return not any(row["findings"] for row in rows)


def _altered_texts(project: "Project") -> list[str]:
    from qda.coding.material import sources
    from qda.coding.material import text as stored

    return [
        _("“{title}” is not the text that was stored.").format(title=one.title)
        for one in sources(project)
        for whole in (stored(project, one.guid),)
        if len(whole) != one.length or sha256(whole.encode("utf-8")).hexdigest() != one.sha256
    ]


# -- reports and the machine --------------------------------------------------------------------------------


def list_reports(*, as_json: bool) -> None:
    """Prints the reports with their formats and what they take."""
    from qda.reports.registry import reports
    from qda.reports.scope import COMMON, is_common

    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "title": _(one.title),
            "formats": list(one.formats),
            "options": [
                {"name": o.name, "title": _(o.title), "kind": o.kind, "choices": list(o.choices)}
                for o in one.options
            ],
            "keys": [o.name for o in one.options if not is_common(o)],
            "common": [o.name for o in one.options if is_common(o)],
        }
        for one in reports()
    ]
    if as_json:
        output.as_json(rows)
        return
    columns = (("name", _("Name")), ("title", _("Title")), ("formats", _("Formats")), ("keys", _("Keys")))
    output.table(rows, columns)
    output.say("")
    output.say(_("Every report takes besides (several names with “;”):"))
    wide = max(len(one.name) for one in COMMON)
    for one in COMMON:
        output.say(f"  {one.name:{wide}}  {_(one.title)}")


def report(path: Path, name: str, out: Path, keys: list[str], *, language: Language | None) -> None:
    """Writes a report, in ``language`` or in that of the study, and says what is left for the author."""
    from qda.command_line.reporting import tell_open
    from qda.reports.registry import checked_options, formats_for, report_kind

    kind = report_kind(name)
    options = checked_options(kind, keys_of(keys))
    formats_for(out, kind.formats)  # a wrong suffix is told before anything is read
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # figures are painted, nothing is shown
    try:
        with reading(path) as project:
            written, left = _written(project, name, out, options, language)
    except ImportError:  # Qt's own words about a missing library name no package
        preflight.require_drawing()
        raise
    for one in written:
        output.say(str(one))
    tell_open(left)


def write_report(
    project: "Project", name: str, out: Path, options: Mapping[str, str], *, language: Language | None = None
) -> tuple[Path, ...]:
    """Builds a report of an open study and writes it to a file or folder; the paths that were written."""
    return _written(project, name, out, options, language)[0]


def _written(
    project: "Project", name: str, out: Path, options: Mapping[str, str], language: Language | None
) -> tuple[tuple[Path, ...], int]:
    """The paths that were written, and how many placeholders are left in the report."""
    from qda.coding.material import project_sheet
    from qda.reports.model import placeholders
    from qda.reports.registry import build_report, render, report_kind

    kind = report_kind(name)
    chosen = dict(options)
    if language and any(option.name == "language" for option in kind.options):
        chosen.setdefault("language", language)
    spoken: Language = language or ("en" if project_sheet(project).language == "en" else "de")
    with use_language(spoken):
        made = build_report(kind, project, chosen)
        return render(made, out, name=name, formats=kind.formats), placeholders(made)


def doctor(*, as_json: bool) -> None:
    """Prints what the machine gives."""
    from qda.doctor import examine

    findings = examine()
    if as_json:
        output.as_json([asdict(one) for one in findings])
        return
    wide = max(output.width(one.title) for one in findings)
    for one in findings:
        gap = " " * (wide - output.width(one.title))
        output.say(f"{one.title}{gap}  {'' if one.good else '! '}{one.value}")

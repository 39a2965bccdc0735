"""The archive package: what may be handed on of a study, as a zip with its manifest and checksums.

What is shown before is what the package says about itself, and to whoever makes it what should be looked at.
The files are made when the package is written, from a copy of the study in which only those speak who agreed.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from qda import __version__
from qda.coding import material
from qda.errors import KnownError
from qda.i18n import LANGUAGES, N_, Language, _, ngettext, use_language
from qda.models import Project
from qda.models.narrowing import Narrowing
from qda.reports.archive_about import LEFT_OUT, about, left_table
from qda.reports.archive_copy import archive_copy
from qda.reports.archive_files import Files, Packed
from qda.reports.archive_names import safe_name, zipped
from qda.reports.archive_plan import LeftOut, Plan, plan
from qda.reports.model import Report
from qda.reports.registry import Option, ReportKind
from qda.reports.scope import part_lines
from qda.reports.study_words import chosen_flag, chosen_language
from qda.reports.text import clean

_SHOWN: Final = 8  # names that are told
_ALLOWED: Final = ("pseudonyms", "author")
_HASHED: Final = "sha256"
_ANCHOR: Final = re.compile(rb'<a id="[^"]*"></a>\n+')  # nothing in it leads there


def build(project: Project, options: Mapping[str, str]) -> Report:
    """What the package will be; its files are made when it is written."""
    language = chosen_language(options, material.project_sheet(project).language)
    with use_language(language):
        wanted = plan(project, caseless=chosen_flag(options, "caseless", default=False))
        shown = about(project, wanted, wanted.left, language)
        strict = options.get("names") == "refuse"
        told = tuple(_told(project, wanted))
    pack = partial(
        packed,
        project.path,
        project.narrowed,
        project.clock,
        language=language,
        caseless=chosen_flag(options, "caseless", default=False),
        strict=strict,
    )
    return Report(
        title=shown.title,
        language=language,
        blocks=shown.blocks,
        subtitle=shown.subtitle,
        created=shown.created,
        notice=shown.notice,
        facts=shown.facts,
        cover=False,
        withheld=told,
        pack=pack,
    )


def _told(project: Project, wanted: Plan) -> Iterable[str]:
    """What whoever makes the package should know."""
    documents = sum(one.kind == "document" for one in wanted.left)
    if documents:
        yield ngettext(
            "{n} document stays out: consent to archiving is missing or not settled.",
            "{n} documents stay out: consent to archiving is missing or not settled.",
            documents,
        ).format(n=documents)
    found = open_names(project, [one.guid for one in wanted.going])
    if found:
        words = ngettext(
            "{n} word may still be a name: {names}. Replace it, or give the key.",
            "{n} words may still be names: {names}. Replace them, or give the key.",
            len(found),
        )
        more = " …" if len(found) > _SHOWN else ""
        yield words.format(n=len(found), names=", ".join(found[:_SHOWN]) + more)


def open_names(project: Project, sources: Sequence[str]) -> list[str]:
    """What may be names in these documents, the likeliest first; pseudonyms already given are none."""
    from qda.coding.pseudonyms import candidates, given, readings
    from qda.coding.pseudonyms.candidates import LIKELY

    texts = readings(project, sources=sources, memos=False)
    return [one.clear for one in candidates(texts, known=given(project)) if one.weight >= LIKELY]


def packed(
    path: Path,
    narrowed: Narrowing | None,
    clock: Callable[[], datetime],
    common: Mapping[str, str] | None = None,
    *,
    language: Language,
    caseless: bool = False,
    strict: bool = False,
) -> bytes:
    """The zip. ``common``: options of all reports that hold for every file (key of pseudonyms, author).

    All is dated by the day of ``clock``, so that the same study gives the same bytes on one day.

    :raises KnownError: nothing may go in; the key is locked; ``strict`` and something may still be a name.
    """
    moment = clock().replace(hour=0, minute=0, second=0, microsecond=0)
    options = {name: value for name, value in (common or {}).items() if name in _ALLOWED and value.strip()}
    options["language"] = language
    with use_language(language), Project.open(path, read_only=True, narrowed=narrowed) as project:
        project.clock = clock
        part = part_lines(project)
        wanted = plan(project, caseless=caseless)
        if strict and not options.get("pseudonyms"):
            _demand_no_names(project, wanted)
        with archive_copy(project, wanted, moment) as copy:
            maker = Files(copy, wanted, options, moment, part)
            found = list(maker.made())
            found += _telling(maker, copy, wanted, language, part)
        title = found[-1].title
    found += _manifest(found, title, language, moment)
    sums = "".join(f"{_sum(one)}  {one.path}\n" for one in sorted(found, key=lambda one: one.path))
    found.append(Packed("checksums.sha256", sums.encode(), "", "checksums"))
    top = safe_name(f"{title[:40]}_archive")
    return zipped(((f"{top}/{one.path}", one.data) for one in sorted(found, key=_order)), moment)


def _demand_no_names(project: Project, wanted: Plan) -> None:
    found = open_names(project, [one.guid for one in wanted.going])
    if found:
        raise KnownError(
            _("Nothing was written: {names} may still be names. Replace them, or give the key.").format(
                names=", ".join(found[:_SHOWN])
            )
        )


def _telling(
    maker: Files, copy: Project, wanted: Plan, language: Language, part: tuple[str, ...]
) -> list[Packed]:
    """The texts that tell about the others: README last, its title is that of the study."""
    left = [*wanted.left, *maker.left]
    left += [LeftOut("withheld", *_parted(line)) for line in dict.fromkeys(maker.withheld)]

    def readme(_project: Project, _options: Mapping[str, str]) -> Report:
        return about(copy, wanted, left, language, part)

    def listed(_project: Project, _options: Mapping[str, str]) -> Report:
        table = left_table(left, plain=True)
        return Report(_("What is left out"), language, (table,), only_table=LEFT_OUT)

    first = maker.report(_kind("left-out", listed), {})
    second = maker.report(_kind("readme", readme), {})
    return [
        Packed("left_out.csv", maker.rendered(first, "csv"), clean(first.title), "left out"),
        Packed("README.md", _ANCHOR.sub(b"", maker.rendered(second, "md")), clean(second.title), "readme"),
    ]


def _parted(line: str) -> tuple[str, str]:
    name, _colon, why = line.partition(": ")
    return name, why


def _kind(name: str, make: Callable[[Project, Mapping[str, str]], Report]) -> ReportKind:
    return ReportKind(name, "", make, ("md", "csv"), options=(Option("language", "", "language"),))


def _order(one: Packed) -> tuple[bool, str]:
    """README first, folders by name."""
    return one.path != "README.md", one.path


def _sum(one: Packed) -> str:
    return hashlib.sha256(one.data).hexdigest()


def _manifest(found: Sequence[Packed], title: str, language: Language, moment: datetime) -> list[Packed]:
    """Every file with its size, checksum, type, title."""
    rows: list[dict[str, str | int]] = [
        {
            "path": one.path,
            "bytes": len(one.data),
            _HASHED: _sum(one),
            "mime": one.mime,
            "title": one.title,
            "kind": one.kind,
        }
        for one in sorted(found, key=lambda one: one.path)
    ]
    whole = {
        "title": title,
        "language": language,
        "created": moment.date().isoformat(),
        "program": f"qda {__version__}",
        "files": rows,
    }
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "title": _safe(str(row["title"]))} for row in rows)
    written = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return [
        Packed("manifest.csv", stream.getvalue().encode(), "", "manifest"),
        Packed("manifest.json", written.encode(), "", "manifest"),
    ]


def _safe(text: str) -> str:
    from qda.reports.text import begins_like_formula

    return f"'{text}" if begins_like_formula(text) else text


KIND = ReportKind(
    name="archive",
    title=N_("Archive package"),
    build=build,
    formats=("zip", "md"),
    synonyms=(N_("repository"), N_("research data"), N_("secondary use"), "FAIR", "DDI", "zip"),
    options=(
        Option("caseless", N_("Documents of no case, too"), "flag", "no", ("yes", "no")),
        Option(
            "names",
            N_("Where something may still be a name"),
            "choice",
            "tell",
            ("tell", "refuse"),
            (N_("tell it"), N_("write nothing")),
        ),
        Option("language", N_("Language of the report"), "language", choices=LANGUAGES),
    ),
)

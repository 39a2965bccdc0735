"""The words of ``qda`` and what they take. Each is one function; the work is done by the layers below."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from qda.command_line import comparing, output, reporting, retrieving, suggesting, working
from qda.errors import UsageError
from qda.i18n import LANGUAGES, N_, Language, _, language, set_language

_Project = Annotated[Path, typer.Argument(metavar="PROJECT", help=N_("the study, a file …qdaproj"))]
_Source = Annotated[
    str, typer.Argument(metavar="SOURCE", help=N_("a document: GUID, title or name of its file"))
]
_Json = Annotated[bool, typer.Option("--json", help=N_("print JSON and nothing else"))]
_Keys = Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help=N_("what it takes"))]

_TYPERS_WORDS: Final = (
    N_("Usage:"),
    N_("Arguments:"),
    N_("Options:"),
    N_("Commands:"),
    N_("[required]"),
    N_("Show this message and exit."),
)
KINDS: Final = (
    "sources turns speakers topics answers codes segments codings memos cases attributes models "
    "placements relations evidence properties profile typology changes pseudonym-candidates "
    "pseudonyms pencils concepts piles memo-piles queries "
    "sampling suggestions judgements versions answers-to-questions maps reading coders groups "
    "code-cases code-documents code-codes"
)
"""What can be listed."""

app = typer.Typer(
    name="qda",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


def run(words: Sequence[str]) -> int:
    """Does what the words say; returns the exit code.

    :raises KnownError: told by the caller, in one line.
    """
    command = typer.main.get_command(app)
    _translate(command)
    try:
        command.main(args=list(words), prog_name="qda", standalone_mode=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    else:
        code = 0
    output.finish()
    return code


def _translate(command: Any) -> None:
    for one in (command, *getattr(command, "commands", {}).values()):
        one.help = _(one.help) if one.help else one.help
        for parameter in one.params:
            if getattr(parameter, "help", None):
                parameter.help = _(parameter.help)
        one.get_help = _spoken(one.get_help)


def _spoken(get_help: Callable[[Any], str]) -> Callable[[Any], str]:
    """Typer's own words in a help text, in the current language."""

    def help_text(context: Any) -> str:
        text = get_help(context)
        for words in _TYPERS_WORDS:
            text = text.replace(words, _(words))
        return text

    return help_text


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        output.say(f"qda {version('qda')}")
        raise typer.Exit


@app.callback(
    help=N_(
        "Grounded theory on interview transcripts. “qda” alone, or with a project, opens the window; "
        "“qda --language de …” speaks German."
    )
)
def qda(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("print the version"))
    ] = False,
) -> None:
    """Takes what stands before the command."""


def _language(written: str | None) -> Language:
    """A language as written, else the current one; the texts of this call follow it."""
    if written is None:
        return language()
    for known in LANGUAGES:
        if written == known:
            return known
    raise UsageError(_("The language is one of: {names}.").format(names=", ".join(LANGUAGES)))


_LanguageOption = Annotated[str | None, typer.Option("--language", metavar="de|en", help=N_("de or en"))]


@app.command(help=N_("Build the demo study with its reports, and open it."))
def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help=N_("where it is built; made if missing"))
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help=N_("open no window, write screenshots of it instead"))
    ] = False,
    language: _LanguageOption = None,
    every_screen: Annotated[
        bool, typer.Option("--every-screen", help=N_("with --headless: screenshots of every page and mode"))
    ] = False,
) -> None:
    """Everything the program does, on an invented study."""
    from qda.command_line import showing

    wanted = _language(language) if language else None
    if wanted is not None:
        set_language(wanted)
        os.environ["QDA_LANGUAGE"] = wanted  # what the window takes for the system's language
    showing.demo(folder, headless=headless, wanted=wanted, every_screen=every_screen)


@app.command(help=N_("Make a new study."))
def new(
    project: _Project,
    title: Annotated[str, typer.Option("--title", help=N_("its title; else the name of the file"))] = "",
    language: _LanguageOption = None,
    template: Annotated[
        str, typer.Option("--template", help=N_("the coding paradigm that new models begin with"))
    ] = "hajji",
    coder: Annotated[str, typer.Option("--coder", help=N_("who codes"))] = "",
) -> None:
    """A new file."""
    working.new(project, title=title, language=_language(language), template=template, coder=coder)


@app.command("import", help=N_("Bring documents in. What a file is, is told by its content."))
def import_(  # noqa: PLR0917 - Typer reads the words in their order
    project: _Project,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=N_("docx, odt, rtf, pdf, doc, txt, md, html, vtt, srt, csv, xlsx, or folders with them"),
        ),
    ],
    as_json: _Json = False,
    family: Annotated[str, typer.Option("--family", help=N_("how turns are marked; else found out"))] = "",
    encoding: Annotated[str, typer.Option("--encoding", help=N_("of text files; else found out"))] = "",
    title: Annotated[str, typer.Option("--title", help=N_("the title of one file; else its name"))] = "",
    kind: Annotated[
        str, typer.Option("--kind", help=N_("interview, focus_group, field_note, postscript or document"))
    ] = "",
    case: Annotated[str, typer.Option("--case", help=N_("the case it belongs to; made if new"))] = "",
    group: Annotated[str, typer.Option("--group", help=N_("the group it goes into; made if new"))] = "",
    no_comments: Annotated[
        bool, typer.Option("--no-comments", help=N_("leave the comments in the margin out"))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=N_("also files that are in the study already"))
    ] = False,
) -> None:
    """All that can be read come in, as one act."""
    wishes = working.Wishes(
        family=family,
        encoding=encoding,
        title=title,
        kind=kind,
        case=case,
        group=group,
        comments=not no_comments,
        again=again,
    )
    if not working.import_files(project, files, wishes, as_json=as_json):
        raise typer.Exit(1)


@app.command("list", help=N_("List one kind of things: sources, turns, codes, codings, memos, relations …"))
def list_(
    project: _Project,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    as_json: _Json = False,
) -> None:
    """Rows in a stable order."""
    working.list_kind(project, kind, as_json=as_json)


@app.command(help=N_("Print the stored text of a document, exactly: positions count its characters."))
def text(project: _Project, source: _Source) -> None:
    """UTF-8, no newline added."""
    working.text(project, source)


@app.command(help=N_("Code a passage; a new code is made (“Parent > Child”)."))
def code(  # noqa: PLR0917 - Typer reads the words in their order
    project: _Project,
    source: _Source,
    start: Annotated[int, typer.Argument(metavar="START", help=N_("its first character, counted from 0"))],
    stop: Annotated[int, typer.Argument(metavar="STOP", help=N_("the character after its last"))],
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("GUID, name or path"))],
    coder: Annotated[str, typer.Option("--coder", help=N_("who codes; else the current coder"))] = "",
    as_json: _Json = False,
) -> None:
    """One coding."""
    working.code(project, source, start, stop, code, coder=coder, as_json=as_json)


@app.command(help=N_("Do any act that needs no window. “qda do --list” shows them all."))
def do(
    project: Annotated[Path | None, typer.Argument(metavar="PROJECT", help=N_("the study"))] = None,
    act: Annotated[str | None, typer.Argument(metavar="ACT", help=N_("the act’s name"))] = None,
    keys: _Keys = None,
    list_all: Annotated[bool, typer.Option("--list", help=N_("show all acts and what they take"))] = False,
    as_json: _Json = False,
) -> None:
    """One act, one step of undo."""
    if list_all:
        working.list_acts(act or "", as_json=as_json)
    elif project is None or act is None:
        raise UsageError(_("Write a project and an act, or --list."))
    elif not working.do(project, act, keys or [], as_json=as_json):
        raise typer.Exit(1)


@app.command(help=N_("Find words in all documents; case, umlauts and ß do not matter."))
def search(
    project: _Project,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=N_("the words"))],
    as_json: _Json = False,
) -> None:
    """Every hit with its place."""
    working.search(project, query, as_json=as_json)


@app.command(
    help=N_(
        "Find coded passages: “Trust near(2) Conflict and role:respondent and case:B and not Means+”. "
        "“+” means with its subcodes; names with blanks stand in quotation marks."
    )
)
def retrieve(
    project: _Project,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=N_("codes and conditions"))],
    as_json: _Json = False,
) -> None:
    """Passages with the codes on them, counted by case first."""
    retrieving.retrieve(project, query, as_json=as_json)


@app.command(help=N_("Compare a coded passage with the others of its code: like, unlike, by case."))
def compare(
    project: _Project,
    coding: Annotated[str, typer.Argument(metavar="CODING", help=N_("GUID, as “qda list” has it"))],
    as_json: _Json = False,
) -> None:
    """A help for looking; what is like and what is not, people judge."""
    comparing.compare(project, coding, as_json=as_json)


@app.command(help=N_("Propose codes of the study for a passage, or for each turn. Nothing is coded."))
def suggest(
    project: _Project,
    source: _Source,
    start: Annotated[int | None, typer.Option("--start", help=N_("first character"))] = None,
    stop: Annotated[int | None, typer.Option("--stop", help=N_("the character after the last"))] = None,
    as_json: _Json = False,
) -> None:
    """What is likely, and why; a person decides."""
    suggesting.suggest(project, source, start, stop, as_json=as_json)


@app.command(help=N_("Write a report. “qda report --list” shows them all."))
def report(  # noqa: PLR0917 - Typer reads the words in their order
    project: Annotated[Path | None, typer.Argument(metavar="PROJECT", help=N_("the study"))] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=N_("the report’s name, or “all”"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="OUT", help=N_("a file (its suffix is the format), or a folder for all")),
    ] = None,
    keys: _Keys = None,
    language: _LanguageOption = None,
    list_all: Annotated[bool, typer.Option("--list", help=N_("show all reports and their formats"))] = False,
    as_json: _Json = False,
) -> None:
    """From one model to every format."""
    if list_all:
        working.list_reports(as_json=as_json)
    elif project is None or name is None or out is None:
        raise UsageError(_("Write a project, a report and where it goes, or --list."))
    else:
        chosen = _language(language) if language else None
        if name != "all":
            working.report(project, name, out, keys or [], language=chosen)
        elif not reporting.report_all(project, out, working.keys_of(keys or []), language=chosen):
            raise typer.Exit(1)


@app.command(help=N_("Check that the file of a study is sound, or ask the questions of the method."))
def check(
    project: _Project,
    method: Annotated[
        bool, typer.Option("--method", help=N_("ask the questions of the method instead"))
    ] = False,
    language: _LanguageOption = None,
    as_json: _Json = False,
) -> None:
    """A fault of the file is a problem: exit code 1. Questions of the method are none."""
    if language:
        set_language(_language(language))
    if method:
        from qda.command_line import asking

        asking.ask(project, as_json=as_json)
    elif not working.check(project, as_json=as_json):
        raise typer.Exit(1)


@app.command(help=N_("Take the current coder’s last act back."))
def undo(project: _Project) -> None:
    """One step."""
    working.undo(project)


@app.command(help=N_("Bring back what was taken back last."))
def redo(project: _Project) -> None:
    """One step."""
    working.redo(project)


@app.command(help=N_("Show every act that was ever done, oldest first."))
def history(project: _Project, as_json: _Json = False) -> None:
    """The audit trail."""
    working.list_kind(project, "changes", as_json=as_json)


@app.command(help=N_("Show what this machine gives the program."))
def doctor(as_json: _Json = False) -> None:
    """Always exit code 0."""
    working.doctor(as_json=as_json)


COMMANDS: Final = tuple(str(c.name or getattr(c.callback, "__name__", "")) for c in app.registered_commands)
"""The words that are commands."""

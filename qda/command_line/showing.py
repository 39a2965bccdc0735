"""``qda demo``: the invented study, its reports and pictures of the window, made on the spot."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final

from qda import preflight, resources
from qda.command_line import output
from qda.command_line.working import reading, write_report
from qda.errors import KnownError
from qda.i18n import Language, _, language

_STAMP: Final = "demo"  # side data: which demo this is, and how many acts it has untouched
_REPORTS: Final = (
    *("study", "codebook", "codetree", "coded", "paradigm", "cases", "audit", "saturation", "genesis"),
    "declaration",
)


def demo(folder: Path | None, *, headless: bool, wanted: Language | None, every_screen: bool = False) -> None:
    """Builds the study in ``folder`` with its reports, then opens it, or takes pictures of the window.

    The study is in the language ``wanted``, else in that of the call; its reports are in ``wanted``, else in
    that of the study. ``every_screen``: pictures of the pages and modes of the workspaces as well; they are
    four times as many.
    """
    windowless = headless or not preflight.has_display()
    if windowless:
        preflight.require_drawing()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a display that is named but not there ends Qt
    else:
        preflight.require_window()
        from qda.ui.app import application

        application()  # Qt makes one only; that of the reports' figures would carry no window
    place = folder if folder is not None else default_folder()
    _make_folder(place)
    output.say(_("The results lie here:"))
    path = built(place, wanted or language(), anew=windowless)
    _say([path])
    _say(_reports(path, place / "reports", wanted))
    if windowless:
        from qda.ui.screenshots import take

        _say(take(path, place / "screenshots", every=every_screen))
    else:
        from qda.ui.app import run

        run([str(path)])


def _say(results: list[Path]) -> None:
    for result in results:
        output.say(f"  {result.resolve()}")
    output.finish()  # who waits sees how far it is


def default_folder() -> Path:
    """Where the demo lies if nobody says where: among the user's documents."""
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / "qda demo"


def built(place: Path, spoken: Language, *, anew: bool) -> Path:
    """The demo study in ``place``, in its language nearest to ``spoken``.

    One in which somebody went on working is kept; an untouched one is built ``anew``, or used as it is.

    :raises KnownError: a file of that name is something else.
    """
    from qda import demo as study

    available: Language = spoken if spoken in study.languages() else "de"
    path = place / f"{study.title(available)}.qdaproj"
    if path.exists():
        state = _state(path)
        if state is None:
            output.say(_("“{path}” holds work of your own and is kept as it is.").format(path=path.name))
            return path
        if state == _version() and not anew:
            return path
        path.unlink()
    with study.build(path, language=available) as project:
        project.set_setting(_STAMP, f"{_version()}:{project.unit_count()}")
    return path


def _state(path: Path) -> str | None:
    """Which demo the file holds; none where somebody has worked in it."""
    with reading(path) as project:
        version, _colon, units = project.setting(_STAMP).rpartition(":")
        return version if units == str(project.unit_count()) else None


def _version() -> str:
    digest = sha256()
    for file in sorted(resources.path("demo").rglob("*")):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _reports(path: Path, folder: Path, spoken: Language | None) -> list[Path]:
    _make_folder(folder)
    with reading(path) as project:
        return [
            file for name in _REPORTS for file in write_report(project, name, folder, {}, language=spoken)
        ]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise KnownError(
            _("“{name}” cannot be made here: {reason}.").format(name=folder, reason=problem.strerror),
            path=folder,
        ) from None

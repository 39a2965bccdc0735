"""What this machine gives the program: versions, display, libraries, places, room on the disk."""

import importlib
import importlib.util
import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qda import preflight, resources
from qda.i18n import N_, _, language


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: ``good`` is False where something should be done."""

    key: str
    title: str
    value: str
    good: bool = True


def examine() -> tuple[Finding, ...]:
    """All findings, in a fixed order. Opens no window and changes nothing."""
    return tuple(
        Finding(key, _(title), value, good) for key, title, look in _LOOKS for value, good in (look(),)
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _program() -> tuple[str, bool]:
    return _version("qda") or _("not installed"), True


def _python() -> tuple[str, bool]:
    return f"{platform.python_version()} ({platform.system()} {platform.machine()})", True


def _qt() -> tuple[str, bool]:
    if preflight.missing():
        return preflight.sentence(preflight.missing()), False
    try:
        core = importlib.import_module("PySide6.QtCore")
    except ImportError as problem:
        return str(problem), False
    return str(core.qVersion()), True


def _sqlite() -> tuple[str, bool]:
    try:
        driver = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError as problem:
        return str(problem), False
    return str(driver.sqlite_version), True


def _display() -> tuple[str, bool]:
    if preflight.has_display():
        return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or _("yes"), True
    return _("none; “qda demo --headless” and all other commands work without one"), True


def _libraries() -> tuple[str, bool]:
    wanted = preflight.DRAWING | (preflight.SHOWING if preflight.has_display() else {})
    absent = preflight.missing(wanted)
    return preflight.sentence(absent) or _("all there"), not absent


def _settings() -> tuple[str, bool]:
    import platformdirs

    return platformdirs.user_config_dir("qda", appauthor=False), True


def _resources() -> tuple[str, bool]:
    return str(resources.root()), resources.path("paradigms").is_dir()


def _language() -> tuple[str, bool]:
    return {"de": "Deutsch", "en": "English"}[language()], True


def _language_tools() -> tuple[str, bool]:
    if importlib.util.find_spec("spacy") is None:
        return _("spaCy is not installed; texts are not read for words and lemmas"), False
    return f"spaCy {_version('spacy')}", True


def _tier(language: str) -> tuple[str, bool]:
    """The tier of language tools that works, and how to get a better one. Loads what it finds."""
    from qda.suggest.language.tools import works
    from qda.suggest.language.trained import FAMILIES

    if importlib.util.find_spec("spacy") is None:
        return _("none; spaCy is not installed"), False
    tier, name = works(language)
    better = FAMILIES[language] + "md"
    if tier == "pipeline":
        return _("trained pipeline: {name}").format(name=name), True
    if tier == "hanta":
        sentence = _("HanTa ({name}); better with a trained pipeline: install the package {package}")
        return sentence.format(name=name, package=better), True
    sentence = _("simple rules ({name}); better with HanTa: install the package HanTa with its models")
    return sentence.format(name=name), False


def _german() -> tuple[str, bool]:
    return _tier("de")


def _english() -> tuple[str, bool]:
    return _tier("en")


def _disk() -> tuple[str, bool]:
    free = shutil.disk_usage(Path.cwd()).free
    return _("{size} GB free in {folder}").format(size=f"{free / 1e9:.1f}", folder=Path.cwd()), free > 1e9


_LOOKS: tuple[tuple[str, str, Callable[[], tuple[str, bool]]], ...] = (
    ("qda", N_("qda"), _program),
    ("python", N_("Python"), _python),
    ("qt", N_("Qt"), _qt),
    ("sqlite", N_("SQLite"), _sqlite),
    ("display", N_("Display"), _display),
    ("libraries", N_("System libraries"), _libraries),
    ("settings", N_("Settings"), _settings),
    ("resources", N_("Resources"), _resources),
    ("language", N_("Language"), _language),
    ("language_tools", N_("Language tools"), _language_tools),
    ("language_de", N_("Language tools for German"), _german),
    ("language_en", N_("Language tools for English"), _english),
    ("disk", N_("Disk"), _disk),
)

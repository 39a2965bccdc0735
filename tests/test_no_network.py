"""Your data stays with you: nothing opens a network connection. Local sockets are Qt's own matter."""

import subprocess
import sys
from pathlib import Path

GUARD = """
import socket
import sys

FORBIDDEN = {socket.AF_INET, socket.AF_INET6}


def watch(event, args):
    if event == "socket.__new__" and args[1] in FORBIDDEN:
        raise SystemExit("a network socket was made")
    if event in ("socket.connect", "socket.bind", "socket.sendto") and args[0].family in FORBIDDEN:
        raise SystemExit("a network connection was opened")
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        raise SystemExit("a name was looked up")


sys.addaudithook(watch)
"""

WORK = """
from pathlib import Path
from qda.cli import main

folder = Path(sys.argv[1])
study, text = folder / "study.qdaproj", folder / "Interview.txt"
text.write_text("I: Wie war das?\\nB: Da hat keiner gefragt. Ich mach das.\\n", encoding="utf-8")
for words in (
    ["new", study],
    ["import", study, text],
    ["code", study, "Interview", 19, 40, "Zuständigkeit"],
    ["do", study, "add-model", "name=M", "phenomenon=Zuständigkeit"],
    ["report", study, "study", folder / "out"],
    ["report", study, "codetree", folder / "out"],
):
    assert main([str(word) for word in words]) == 0, words
"""

BEFORE = """
from qda.ui.app import application

app = application()
"""

WINDOW = """
from qda.models import Project
from qda.ui.app import build_main_window
from PySide6.QtWidgets import QApplication

window = build_main_window(Project.open(study))
window.show()
for key in ("material", "open", "axial", "selective", "reports"):
    window.show_workspace(key)
    QApplication.processEvents()
assert not window.grab().isNull()
window.close()
"""

TRY = """
socket.socket(socket.AF_INET, socket.SOCK_STREAM)
"""


def ran(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A program in an interpreter that refuses the network."""
    call = [sys.executable, "-c", GUARD + program, str(folder)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_the_guard_itself_sees_a_network_socket(tmp_path: Path) -> None:
    assert "network socket" in ran(TRY, tmp_path).stderr


def test_import_coding_and_reports_open_no_connection(tmp_path: Path) -> None:
    done = ran(WORK, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "study.docx").stat().st_size > 1000


def test_the_window_with_all_workspaces_opens_no_connection(tmp_path: Path) -> None:
    done = ran(BEFORE + WORK + WINDOW, tmp_path)
    assert done.returncode == 0, done.stderr

"""What a deletion for good takes, changes and leaves, in plain sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qda.i18n import _, ngettext
from qda.ui.status import locale

if TYPE_CHECKING:
    from qda.coding.withdrawing import Withdrawal


def going(found: "Withdrawal") -> Iterator[str]:
    """What goes for ever."""
    say, n = locale().toString, found.documents
    if n:
        yield ngettext("{n} document with {words} words", "{n} documents with {words} words", n).format(
            n=say(n), words=say(found.words)
        )
    if m := found.turns_elsewhere:
        yield ngettext(
            "{n} paragraph in a document of others becomes “[withdrawn]”",
            "{n} paragraphs in documents of others become “[withdrawn]”",
            m,
        ).format(n=say(m))
    if found.codings or found.segments:
        m = found.codings
        yield ngettext("{n} coding", "{n} codings", m).format(n=say(m))
    if m := found.evidence:
        k = found.relations
        pieces = ngettext("{n} piece of evidence", "{n} pieces of evidence", m).format(n=say(m))
        relations = ngettext("{n} relation", "{n} relations", k).format(n=say(k))
        yield _("{pieces} for {relations}; relations stay and say “evidence withdrawn”").format(
            pieces=pieces, relations=relations
        )
    if m := found.memos:
        yield ngettext(
            "{n} memo that hangs on nothing else", "{n} memos that hang on nothing else", m
        ).format(n=say(m))
    if m := found.values:
        yield ngettext("{n} answer or value of a property", "{n} answers and values of properties", m).format(
            n=say(m)
        )
    if m := found.originals:
        yield ngettext("{n} file as it came", "{n} files as they came", m).format(n=say(m))
    if m := found.snapshots:
        yield ngettext(
            "{n} safety copy beside the study, with all that is in it",
            "{n} safety copies beside the study, with all that is in them",
            m,
        ).format(n=say(m))


def changing(found: "Withdrawal") -> Iterator[str]:
    """What is changed."""
    say = locale().toString
    if n := found.memos_kept:
        yield ngettext(
            "{n} memo stays and loses its link to the case",
            "{n} memos stay and lose their link to the case",
            n,
        ).format(n=say(n))
    if n := found.quoting:
        yield ngettext(
            "{n} text of yours loses its quotations of the case",
            "{n} texts of yours lose their quotations of the case",
            n,
        ).format(n=say(n))
    if n := found.closed:
        yield ngettext(
            "{n} step of the history can no longer be undone",
            "{n} steps of the history can no longer be undone",
            n,
        ).format(n=say(n))


def staying(found: "Withdrawal") -> Iterator[str]:
    """What the program does not delete."""
    for one in found.recordings:
        yield _("The recording “{name}” is not deleted by this program; please do it yourself.").format(
            name=Path(one).name
        )
    yield _("Copies elsewhere (backups, exports, mails) are not reached either.")

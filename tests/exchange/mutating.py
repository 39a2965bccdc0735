"""Small invented files of many formats, and seeded damage to them: what disks, mails and attackers do."""

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from qda.models import Project

TURNS = (
    ("I", "Wie begann Ihre Arbeit im Verein?"),
    ("B", "Am Anfang stand ich allein da, ohne Geld – und ohne Auftrag."),
    ("I", "Und wer kam dann dazu?"),
    ("B", "Zwei Nachbarinnen, später die halbe Straße. #00:01:12-3#"),
    ("I", "Was hat sich dadurch verändert?"),
    ("B", "Wir wurden gefragt. Das war neu für uns alle."),
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(zipfile.ZipInfo(name), words)
    return stream.getvalue()


def docx() -> bytes:
    """With bold labels, a table, a comment and a footnote."""
    lines = "".join(
        f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{label}: </w:t></w:r>'
        f'<w:commentRangeStart w:id="0"/><w:r><w:t>{words}</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        for label, words in TURNS
    )
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ort</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return _zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {WORD}><w:body>{lines}{table}</w:body></w:document>",
            "word/comments.xml": f'<w:comments {WORD}><w:comment w:id="0" w:author="M"><w:p><w:r><w:t>gut'
            "</w:t></w:r></w:p></w:comment></w:comments>",
            "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:t>Fußnote'
            "</w:t></w:r></w:p></w:footnote></w:footnotes>",
            "word/styles.xml": f'<w:styles {WORD}><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'
            "</w:styles>",
        }
    )


def odt() -> bytes:
    """With styles, a note and a table."""
    lines = "".join(
        f'<text:p text:style-name="P1"><text:span text:style-name="T1">{label}: </text:span>{words}'
        '<text:note text:note-class="footnote"><text:note-body><text:p>Fußnote</text:p></text:note-body>'
        "</text:note></text:p>"
        for label, words in TURNS
    )
    spaces = " ".join(f'xmlns:{n}="{ODF}:{n}:1.0"' for n in ("office", "text", "style", "table"))
    fo = f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0"'
    bold = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces} {fo}><office:automatic-styles>{bold}"
            f"</office:automatic-styles><office:body><office:text>{lines}"
            '<table:table><table:table-row><table:table-cell table:number-columns-repeated="2">'
            "<text:p>Ort</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}/>",
        }
    )


def rtf() -> bytes:
    """With a font table, Unicode escapes, a table row and a footnote."""
    lines = "".join(
        rf"\pard {{\b {label}: }}{_escaped(words)}{{\footnote \pard Fu\'dfnote\par}}\par" "\n"
        for label, words in TURNS
    )
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\info{\title T}}"
    row = r"\trowd\cellx2000\cellx4000\intbl Ort\cell Dorf\cell\row"
    return f"{head}\n{lines}{row}\\pard Ende\\par}}".encode("ascii")


def _escaped(words: str) -> str:
    return "".join(c if c.isascii() else rf"\u{ord(c)}?" for c in words)


def pdf() -> bytes:
    """One page of plain lines, without compression."""
    lines = "".join(
        f"({label}: {words}) Tj 0 -16 Td\n".replace("–", "-").replace("#", "") for label, words in TURNS
    )
    stream = f"BT /F1 11 Tf 60 760 Td\n{lines}ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def vtt() -> bytes:
    """With voices, notes and settings."""
    cues = "\n\n".join(
        f"{n}\n00:00:{n:02d}.000 --> 00:00:{n + 1:02d}.500 align:start\n<v {label}>{words}</v>"
        for n, (label, words) in enumerate(TURNS)
    )
    return f"WEBVTT - Interview\n\nNOTE erfunden\n\n{cues}\n".encode()


def csv() -> bytes:
    """A survey with an open answer."""
    rows = "\n".join(f'Person {n};{30 + n};"{words} {words}"' for n, (_label, words) in enumerate(TURNS))
    return f"Name;Alter;Was hat Ihnen gefallen?\n{rows}\n".encode()


def txt() -> bytes:
    """Plain turns in an old encoding."""
    return "\n".join(f"{label}: {words}" for label, words in TURNS).encode("cp1252")


def html() -> bytes:
    """A page with lists, entities and a script."""
    lines = "".join(f"<p><b>{label}:</b> {words} &amp; so</p>" for label, words in TURNS)
    return f"<!DOCTYPE html><html><body><script>x</script><ul><li>a</li></ul>{lines}</body></html>".encode()


SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": docx,
    "odt": odt,
    "rtf": rtf,
    "pdf": pdf,
    "vtt": vtt,
    "csv": csv,
    "txt": txt,
    "html": html,
}
LARGEST = 300_000  # bytes of a real file that is damaged as well


def seeds(shared: Path | None = None) -> list[tuple[str, bytes]]:
    """The invented files, and small real ones where they are there."""
    found = [(suffix, make()) for suffix, make in SEEDS.items()]
    if shared is not None:
        for path in sorted(shared.rglob("*")):
            suffix = path.suffix[1:].lower()
            if suffix in {*SEEDS, "doc", "srt", "xlsx"} and 0 < path.stat().st_size <= LARGEST:
                found.append((suffix, path.read_bytes()))
    return found


def mutated(count: int, *, seed: int, shared: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of damaged files, the same for the same seed."""
    chance = random.Random(seed)
    sources = seeds(shared)
    own = len(SEEDS)
    for number in range(count):
        # Half of them are the small ones: there every byte means something.
        at = (
            number % own
            if chance.random() < 0.5 or len(sources) == own
            else chance.randrange(own, len(sources))
        )
        suffix, data = sources[at]
        for _each in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(DAMAGES)(data, chance)
        yield f"{number:05d}.{suffix}", data


# -- damage --------------------------------------------------------------------------------------------------


def _bits(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _each in range(chance.choice((1, 3, 20, 200)) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 16, 500, 20_000))]
    at = chance.randrange(len(data) + 1)
    return data[:at] + piece * chance.choice((1, 2, 30)) + data[at:]


def _lost(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 7, 300, 5000)) :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    words = (
        b"\x00" * 50,
        b"\xff\xfe",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"{" * 400,
        b"}",
        b"\\'",
        b"\\u-1?",
        b"\\bin99999 ",
        b"<w:p>" * 60,
        b"</text:p>",
        b"/Length 99999999",
        b"-->",
        b"99:99:99.999",
        b'"',
        b";" * 300,
        b"\n" * 30,
        b"9" * 40,
        b"-1",
        chance.randbytes(40),
    )
    return data[:at] + chance.choice(words) + data[at:]


def _member(data: bytes, chance: random.Random) -> bytes:
    """Damage inside the parts of a zip, so that it is found behind the checksum."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zipfile.zlib.error,
    ):
        return _noise(data, chance)
    if not parts:
        return data
    at = chance.randrange(len(parts))
    name, words = parts[at]
    what = chance.randrange(4)
    if what == 0:
        parts[at] = (name, chance.choice((_bits, _cut, _doubled, _lost, _noise))(words, chance))
    elif what == 1:
        parts.append(
            (chance.choice(("../../evil.txt", "/etc/evil", name, "word/../word/document.xml")), words)
        )
    elif what == 2:
        del parts[at]
    else:
        parts[at] = (name, parts[chance.randrange(len(parts))][1])
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is meant
        for part, content in parts:
            archive.writestr(zipfile.ZipInfo(part), content)
    return stream.getvalue()


DAMAGES = (_bits, _cut, _doubled, _lost, _noise, _member, _member)


def state(project: Project) -> str:
    """A digest of every row of a project."""
    digest = sha256()
    with project.read() as db:
        tables = db.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        for table in tables.scalars().all():
            rows = db.execute(text(f'SELECT * FROM "{table}" ORDER BY 1'))
            digest.update(repr((table, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()

"""Real material, and small Word files built by hand."""

import io
import zipfile
from pathlib import Path

import pytest

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real transcripts lie beside the checkout in ../shared/data; they are not here")
    return folder


@pytest.fixture
def docx():
    """Builds a Word file from the XML inside its body and from further parts."""

    def build(body: str, parts: dict[str, str] | None = None, before: str = "") -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(
                "word/document.xml", f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
            )
            for name, text in (parts or {}).items():
                archive.writestr(name, text.replace("<w:root", f"<w:root {WORD}"))
        return stream.getvalue()

    return build

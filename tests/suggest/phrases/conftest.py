"""A passage said by a respondent, and the names that are proposed for it."""

import pytest

from qda.coding import documents, material
from qda.exchange.reading import draft_from_text
from qda.models import Project
from qda.suggest.phrases.naming import NewName, names_for


class Asking:
    """Takes invented talk in and asks for names."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.count = 0

    def taken(self, text: str, language: str = "de") -> str:
        """A new document with this text."""
        self.count += 1
        source = documents.take_in(
            self.project, draft=draft_from_text(text), title=f"{language} {self.count}"
        )
        if language != "de":
            documents.set_source_language(self.project, source=source, language=language)
        return source

    def names(self, said: str, language: str = "de", limit: int = 20) -> tuple[NewName, ...]:
        """Names for what a respondent says as a whole."""
        question = "Wie war das?" if language == "de" else "How was that?"
        source = self.taken(f"I: {question}\nB: {said}\nI: {question}\nB: Ja.", language)
        text = material.text(self.project, source)
        start = text.index(said)
        return names_for(self.project, source, start, start + len(said), limit)

    def of_kind(self, kind: str, said: str, language: str = "de") -> list[str]:
        """The names of one kind."""
        return [one.name for one in self.names(said, language) if one.kind == kind]


@pytest.fixture
def asking(project) -> Asking:
    return Asking(project)

"""What several questions read of a study, read once for one asking."""

from functools import cached_property

from sqlalchemy import Connection

from qda.coding.bearers import Bearers
from qda.models import Project


class Study:
    """A project as an open connection sees it."""

    def __init__(self, project: Project, db: Connection) -> None:
        self.project = project
        self.db = db

    @cached_property
    def bearers(self) -> Bearers:
        """Whose passages are whose."""
        return Bearers(self.db)

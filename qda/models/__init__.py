"""What is stored: tables, engines, units of work, the journal, migrations.

The only layer with SQL that belongs to one database. ``Project`` is its door.
"""

from qda.models.narrowing import Narrowing
from qda.models.project import Changed, Project

__all__ = ["Changed", "Narrowing", "Project"]

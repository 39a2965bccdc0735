"""The workspace of axial coding: models of the paradigm as a board and as tables."""

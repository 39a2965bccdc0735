"""The workspace of reports: which one, how it will look, with what settings, and where it is saved."""

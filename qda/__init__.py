"""qda: grounded theory on interview transcripts, from raw transcripts to the report."""

__version__ = "0.1.0"

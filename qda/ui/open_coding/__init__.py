"""The workspace of open coding: documents and codes, the transcript, the inspector."""

"""Pictures: codes against documents, cases and codes, the portrait and the curve."""

"""Quotations of a finished text, compared with the documents of a study.

A text comes in as paragraphs; what comes out are findings, one for each quotation. Nothing of the study
changes.
"""

from qda.coding.quotations.checking import check
from qda.coding.quotations.findings import ERRORS, STATES, Checked, Finding, Place, State
from qda.coding.quotations.written import Written

__all__ = ["ERRORS", "STATES", "Checked", "Finding", "Place", "State", "Written", "check"]

"""Pseudonyms: candidates for names, their forms, hits in every text, replacing as one act.

Nothing is replaced unseen, and no clear name is kept: the key is a file of its own (the exchange package).
"""

from qda.coding.pseudonyms.apply import ProtocolRow, given, protocol, pseudonymise, replace_hits
from qda.coding.pseudonyms.candidates import Candidate, Proposer, Spot, as_entry, candidates, proposal
from qda.coding.pseudonyms.checks import questions
from qda.coding.pseudonyms.entries import KINDS, Entry, Form, NameKind, as_json, entries_of
from qda.coding.pseudonyms.forms import forms_of, with_forms
from qda.coding.pseudonyms.plan import Hit, accepted, complete, hits, kept_entries
from qda.coding.pseudonyms.readings import Reading, readings

__all__ = [
    "KINDS",
    "Candidate",
    "Entry",
    "Form",
    "Hit",
    "NameKind",
    "Proposer",
    "ProtocolRow",
    "Reading",
    "Spot",
    "accepted",
    "as_entry",
    "as_json",
    "candidates",
    "complete",
    "entries_of",
    "forms_of",
    "given",
    "hits",
    "kept_entries",
    "proposal",
    "protocol",
    "pseudonymise",
    "questions",
    "readings",
    "replace_hits",
    "with_forms",
]

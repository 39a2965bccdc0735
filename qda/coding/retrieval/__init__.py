"""Retrieval: a query as data, evaluated on arrays, written, told as a sentence, its passages page by page."""

from qda.coding.retrieval.called import Askable, askable
from qda.coding.retrieval.finding import (
    ORDERS,
    CaseFound,
    CodeOn,
    Found,
    Order,
    Page,
    count,
    find,
    found_segments,
)
from qda.coding.retrieval.parse import QueryError, parse
from qda.coding.retrieval.spec import Spec, from_json, to_json, validate, with_code
from qda.coding.retrieval.store import warm
from qda.coding.retrieval.words import sentence, sentences
from qda.coding.retrieval.writing import written

__all__ = [
    "ORDERS",
    "Askable",
    "CaseFound",
    "CodeOn",
    "Found",
    "Order",
    "Page",
    "QueryError",
    "Spec",
    "askable",
    "count",
    "find",
    "found_segments",
    "from_json",
    "parse",
    "sentence",
    "sentences",
    "to_json",
    "validate",
    "warm",
    "with_code",
    "written",
]

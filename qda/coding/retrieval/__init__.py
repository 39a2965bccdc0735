"""Retrieval: a query as data, evaluated on arrays, written, told as a sentence, its passages page by page."""

from qda.coding.retrieval.called import Askable, Called, askable
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
from qda.coding.retrieval.words import Teller, sentence
from qda.coding.retrieval.writing import Writer, written

__all__ = [
    "ORDERS",
    "Askable",
    "Called",
    "CaseFound",
    "CodeOn",
    "Found",
    "Order",
    "Page",
    "QueryError",
    "Spec",
    "Teller",
    "Writer",
    "askable",
    "count",
    "find",
    "found_segments",
    "from_json",
    "parse",
    "sentence",
    "to_json",
    "validate",
    "warm",
    "with_code",
    "written",
]

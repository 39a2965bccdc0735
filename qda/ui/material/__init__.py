"""The material: documents, cases, project sheet, import; and the memo desk beside them."""

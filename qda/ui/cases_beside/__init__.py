"""Cases beside one another: the page of the case comparison, painted cells, and what stands at its right."""

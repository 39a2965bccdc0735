"""History of the theory: lives of models and categories, a model at two dates; and the audit sheet."""

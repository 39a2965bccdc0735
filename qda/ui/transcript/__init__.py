"""The transcript as it is read and coded: text, highlights, margins, code field and search.

Widgets over plain rows: nothing here knows the database. All positions that pass in or out are code
points of the stored text.
"""

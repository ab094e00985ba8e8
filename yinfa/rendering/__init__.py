"""Composed pages, drawn: the one room that knows WeasyPrint, its HTML, its operators, its tags."""

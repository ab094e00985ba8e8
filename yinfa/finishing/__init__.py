"""Rendered pages into the final PDF: what is stamped, tagged and told of them."""

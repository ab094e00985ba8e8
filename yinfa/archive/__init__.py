"""The source and what built it, into the PDF and out of it again."""

"""Documents and finished PDFs become one meeting bundle: cover, contents, then each in turn."""

"""Two versions of a document: what was struck, what was put in, what was moved (花脸稿)."""

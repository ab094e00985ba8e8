"""A Document goes back to what offices work in: plain text and Word files."""

"""Text, Word and Markdown files become sources that build at once, and nothing of them is lost."""

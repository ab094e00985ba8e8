"""How a Source is read against the table of words, part by part."""

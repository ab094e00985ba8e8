"""Documents on their way to a reading order: numbers, labels, separators and stops."""

"""How well lines are set: finished PDFs measured, ours and those of other tools."""

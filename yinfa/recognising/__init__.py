"""Sheets into a Specimen: what each line of a paper is, known from what stands where.

Checking judges what was recognised, signing finds its place by it.
"""

from yinfa.recognising.pages import recognise

__all__ = ["recognise"]

"""A built document into a protected or a signed one; who has signed a PDF, and what holds of it.

What comes out is a derivative: it holds randomness or the time of signing, and differs each time.
"""

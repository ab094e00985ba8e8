"""Copies on their way to departments: planned, handed over once, and accounted for."""

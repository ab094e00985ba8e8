"""yinfa (印发): structured content in, an official document by GB/T 9704-2012 out."""

__version__ = "0.2.0"

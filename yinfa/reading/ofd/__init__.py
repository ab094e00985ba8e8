"""An OFD (GB/T 33190-2016), ours or others', into the same Sheets as a PDF.

It is read strictly where harm could come from it and kindly where producers err: no DTD, no path
out of the package, no part beyond its size; but locations wrongly cased or wrongly absolute, names
in GBK, other namespaces and missing defaults are understood.
"""

from yinfa.reading.ofd.opening import read_ofd

__all__ = ["read_ofd"]

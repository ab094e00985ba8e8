"""A finished PDF into OFD, the national format for fixed documents (GB/T 33190-2016).

It is made from the finished PDF, so that nothing is set twice: text stays text, with every glyph's
place given; faces travel as TrueType subsets; lines, areas and pictures as they are painted.

Elements and attributes are those of GB/T 33190-2016, as the public reader and writer ofdrw
(Apache-2.0) has them, class by class, with the clause of each; where public readers leave out what
the standard has, such as clips, we write what they do draw.
"""

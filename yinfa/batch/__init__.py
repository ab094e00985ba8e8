"""Work on whole files: sources built, bound and checked, PDFs built again from what they carry."""

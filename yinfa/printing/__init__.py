"""Built documents become what is printed and put on a table: bundle, booklet, print job."""

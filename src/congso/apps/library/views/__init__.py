"""Pages of the library: the catalogue, the reader, one's own shelf, the librarian's desk."""

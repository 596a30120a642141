"""The tooling around the product: database server, preparation, supervision, backup and restore."""

"""Two installations of the product, each with its own database, web and worker, and the axis between them."""

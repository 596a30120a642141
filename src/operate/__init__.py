"""Everything around the product: prepare a machine, keep PostgreSQL, supervise, back up and restore.

Only the standard library is imported, because these modules run before anything is installed. Nothing here
imports Django or the product, and the product imports nothing from here.
"""

"""Archive packages: built, checked and read without any system around them.

E-ARK shape (METS, EAD, PREMIS 3.0) with the national profile of 05/2025/TT-BNV first (handbook, office 5.3); BagIt
beside it. Same content, same bytes: order, identifiers and times come from the content alone. Files stream; what is
held in memory are lists of them. A package from outside is hostile until `reading` says otherwise.
"""

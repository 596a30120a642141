"""Stacks of scanned paper, page by page: how each lies, whether anything is on it, its codes, its words; and the
two-layer PDF/A made of pages and words. Pictures are parsed in the guarded child only (`pages`, `two_layers`).
"""

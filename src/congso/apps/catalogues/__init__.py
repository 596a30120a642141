"""Danh mục dùng chung: what the shared code lists say on any day, and how their keepers change them.

A list is looked at as of a day, compared version by version, exported, and, where it is marked open, published to
anybody. Its keepers work on a draft, by hand or from a spreadsheet, and publish it from a day by a document.
"""

"""Shared code lists (danh mục dùng chung): what an office changes by decision, not by programming.

A list is published version by version, each from a day and by a document; a code, once published, is never given to
something else and never lost, only closed. A record keeps the meaning its code had on its own day. Lists the program's
logic stands on stay in code and are published beside these, read-only (`code_lists`). Everyone signed in reads;
a list's keepers write drafts; publishing is one named function. Lists marked open are read without signing in.
"""

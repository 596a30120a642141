"""S03, the directory: the organization chart as of any day, its posts and people, and the acts that change it.

Everybody looks; administrators act, each below the organizations she administers. Every act is shown first with what it
moves, then confirmed; it has a day and a decision. The work itself is the kernel's (`kernel.directory.services`).
"""

"""Who may do what, and who decided it: roles, emergency openings, quarterly reviews, desks handed over (S02, S42).

Roles and openings take two people; the kernel's `access` and the database decide, these screens ask, tell and print.
Everybody sees who holds a role; nobody reads content because she administers.
"""

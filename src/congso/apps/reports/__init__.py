"""Reports (S10): forms that collect figures and words from units, period by period.

A form is a declared schema with versions; publishing it makes a report due from each unit on its list, each period.
Units fill (on a phone, at a desk, in Excel), send, get back with remarks, are approved level by level, locked. Every
number cell is an indicator of `kernel.indicators`: a figure typed or counted once fills every form that asks for it,
and what a receiver sees added up can be opened down to who entered it and when.
"""

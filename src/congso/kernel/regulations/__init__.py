"""Law with time in it: every number a rule needs, dated, with its source, clause and trust.

A rule asks for a value as of the event's day and gets the version then in force. Values nobody has
verified are the operator's to confirm. The calendar of days off and swapped Saturdays lives here too,
because it is fixed anew each year. Everyone reads; administrators write, by named functions only.
"""

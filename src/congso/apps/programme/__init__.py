"""The working programme (S11): what a committee, its standing committee and its permanent members take up, and when.

A programme of a year, half-year, quarter or month is drafted by the committee's office, opened to units for opinions,
approved by its leaders, and changed afterwards only with reasons, each change kept and printed. Items are carried from
the year to the quarter to the month. From a session's day follows until when its papers are due; who prepares them is
reminded. Other systems ask `services.sessions` what a session of a day takes up.
"""

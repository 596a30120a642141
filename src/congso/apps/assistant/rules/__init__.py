"""How the assistant reads a question, chooses and checks sentences: pure functions over text, explained in place.

words       syllables of a text, and how much each tells
questions   what is asked: kind, unit, symbols, years, names
sentences   a text cut into sentences that know where they stand
values      numbers, amounts, days, spans of time in a sentence
matching    how much of a question some words have
choosing    which sentence answers, and when none does (the refusal)
opposing    two papers that say different things, a rule that was replaced
following   a question that continues the one before
verifying   is a citation in the stored text; is a text an order to a machine
summing     the sentences that stand for a text
briefing    what a leader should look at, each with its reason
"""

"""One question over everything a person may see: with accents or without, by symbol, by words and by what they mean.

What can be found stands beside the record in an `Entry`: the words of its title and text and, copied by the
database itself, its audience. Its text is cut into passages along pages and clauses; what these mean is learnt within a
minute (`learning`). Words are made into vectors here, in the application, because the database knows no Vietnamese.
Asking and indexing go through functions that repeat the audience rule.
"""

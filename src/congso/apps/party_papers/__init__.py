"""Party documents with their whole text (văn kiện, part of S06): published, read, and known in or out of force on any
day.

A *paper* is drafted and reviewed; what is published of it is an *edition* with its *passages* (chapter, article,
clause) and its *relations* to other editions (amends, replaces, abolishes …). Whether it holds on a day is computed
from these, never stored. An edition is for everybody, for people of Party bodies, or for listed bodies: the database
decides.
"""

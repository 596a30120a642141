"""The calendar (S12): what leaders and agencies do, hour by hour, and the rooms, cars and people it takes.

Offices propose entries into a calendar, its office approves and publishes them, changes are told to all concerned. An
approved entry claims its people and things; the database lets no two claims of one room overlap, nor of one person
unless somebody said why. Private entries are seen by others as busy. The week shows what other systems plan as well
(`kernel.web.agenda`), prints as the official sheet, and is read by phones as iCalendar and CalDAV.
"""

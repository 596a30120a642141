"""Entries and passages are seen with their record's audience; named functions alone write them and read the rest."""

from congso.lib.protection import READ_AUDIENCE, Sealed, Table

_OWN = "person_id = (SELECT congso.person())"

TABLES = (
    Table("search_entry", read=READ_AUDIENCE),
    Table(
        "search_passage",
        # Of a recalled paper the record stays, what its files say does not.
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id"
        " AND (file_id IS NULL OR NOT r.are_files_closed))",
    ),
    Sealed(
        "search_meaning", reason="from a vector the text can be guessed; it is only compared, with the audience beside"
    ),
    Sealed("search_termfrequency", reason="it counts words of records the asker may not see"),
    Sealed("search_syllablepair", reason="it counts words of records the asker may not see"),
    Table(
        "search_savedsearch",
        read=_OWN,
        insert=_OWN,
        update=_OWN,
        delete=_OWN,
        columns=("label", "is_watching", "seen", "looked_on"),
    ),
)

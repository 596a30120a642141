"""The lives of the record types: catalogues, dossiers, hand-overs, transfers, disposals, reading requests."""

from congso.apps.dossiers.flow.archive import DISPOSALS, HAND_OVERS, TRANSFERS
from congso.apps.dossiers.flow.catalogues import CATALOGUES
from congso.apps.dossiers.flow.dossiers import DOSSIERS
from congso.apps.dossiers.flow.reading import READINGS

FLOWS = (CATALOGUES, DOSSIERS, HAND_OVERS, TRANSFERS, DISPOSALS, READINGS)

__all__ = ["CATALOGUES", "DISPOSALS", "DOSSIERS", "FLOWS", "HAND_OVERS", "READINGS", "TRANSFERS"]

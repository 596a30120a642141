"""What a later increment may contain at all: pyHanko's rules, without changing an appearance in place.

The default rules let a drawn appearance be overwritten under an untouched field, which our own papers never need
and shadow attacks do.
"""

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)

_HOUSEKEEPING = (DocInfoRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(), MetadataUpdateRule())

FIELD_RULES = [
    SigFieldCreationRule(),
    SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
    GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
]
DIFFERENCES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        *(rule.as_qualified(ModificationLevel.LTA_UPDATES) for rule in _HOUSEKEEPING),
    ],
    form_rule=FormUpdatingRule(field_rules=FIELD_RULES),
)

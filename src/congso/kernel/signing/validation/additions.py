"""What was added to a paper that went out to be signed. Runs in the guarded child only; tells facts, no words.

A first signature protects nothing before itself, so the judge of signatures would let a changed text through under it:
here the paper as it went out is the measure.
"""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import CatalogModificationRule, DiffResult, FormUpdatingRule, StandardDiffPolicy
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import read_certification_data

from congso.kernel.signing.validation.differences import DIFFERENCES, FIELD_RULES

# As after a signature, and what a first signature brings: the entry by which it certifies, the mark that there is one.
_ADDITIONS = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *(rule for rule in DIFFERENCES.global_rules if not isinstance(rule, CatalogModificationRule)),
    ],
    form_rule=FormUpdatingRule(FIELD_RULES, ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}),
)


def additions(pdf: bytes, size: int) -> dict[str, Any]:
    """`signed_before`: signatures of the first `size` bytes; `changed`: fields signed, filled or made since, None when

    anything else was changed; `level`: the certification's DocMDP level, 0 without.
    """
    try:
        before, after = PdfFileReader(BytesIO(pdf[:size])), PdfFileReader(BytesIO(pdf), strict=True)
        signed = [name for name, value, _field in enumerate_sig_fields(before) if value is not None]
        found = _ADDITIONS.review_file(after, before.xrefs.total_revisions - 1, doc_mdp=MDPPerm.FILL_FORMS)
        certified = read_certification_data(after)
        level = certified.permission.value if certified and certified.permission else 0
    except Exception:  # pyHanko promises no list of what broken bytes raise
        return {"signed_before": [], "changed": None, "level": 0}
    changed = sorted(found.changed_form_fields) if isinstance(found, DiffResult) else None
    return {"signed_before": signed, "changed": changed, "level": level}

"""Which types a body may issue (399-QĐ/TW; 66-QĐ/TW article 7 for the province): dated parameters the office edits."""

from datetime import date

from congso.kernel.composing.contents import Authority, Signature
from congso.kernel.directory.models import OrganizationKind
from congso.kernel.regulations.queries import NotInForce, value
from congso.lib.document_types import ADMINISTRATIVE_TYPES
from congso.lib.vietnamese import fold

_BODY_OF_KIND = {
    OrganizationKind.COMMITTEE: "committee",
    OrganizationKind.COMMUNE_COMMITTEE: "commune_committee",
    OrganizationKind.AGENCY: "agency",
    OrganizationKind.FRONT: "front",
    OrganizationKind.MASS_ORGANIZATION: "front",
}
_COMMITTEES = {OrganizationKind.COMMITTEE, OrganizationKind.COMMUNE_COMMITTEE}
_ANY_BODY = frozenset(kind.key for kind in ADMINISTRATIVE_TYPES)


def body_of(kind: str, signature: Signature | None = None) -> str:
    """The row of the table: a committee's papers are its standing committee's unless signed for the whole of it.

    `kind`: of the issuing organization. Empty when the table has no row for it.
    """
    body = _BODY_OF_KIND.get(OrganizationKind(kind), "")
    if not body or OrganizationKind(kind) not in _COMMITTEES:
        return body
    over = fold(signature.over).upper() if signature and signature.authority is Authority.ON_BEHALF else ""
    if over.startswith(("DOAN CHU TICH", "DAI HOI")):
        return "congress"
    is_whole = over.startswith(("BAN CHAP HANH", "TINH UY", "DANG UY"))
    return body if is_whole else f"{body}_standing"


def allowed_types(body: str, *, on: date) -> frozenset[str] | None:
    """Keys of the types the body may issue on the day, administrative papers included; None when no rule is known."""
    if not body:
        return None
    try:
        return frozenset(value(f"composing.types.{body}", on=on)) | _ANY_BODY
    except NotInForce:
        return None


def is_collective(kind: str) -> bool | None:
    """Whether nobody signs K/T there: committees decide together, an office has one head; None when it differs."""
    known = {OrganizationKind.COMMITTEE: True, OrganizationKind.COMMUNE_COMMITTEE: True}
    return known.get(OrganizationKind(kind))

from congso.apps.documents.flow import FLOW
from congso.apps.documents.models import RECORD_TYPE, IncomingDocument
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType

MANIFEST = Manifest(
    label="documents",
    record_types=(RecordType(RECORD_TYPE, "Văn bản đến", IncomingDocument, "documents:detail", "mail-opened"),),
    flows=(FLOW,),
)

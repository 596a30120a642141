from congso.apps.directives.flow import FLOW
from congso.apps.directives.models import RECORD_TYPE, Task
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType

MANIFEST = Manifest(
    label="directives",
    record_types=(RecordType(RECORD_TYPE, "Nhiệm vụ", Task, "directives:detail", "checklist"),),
    flows=(FLOW,),
)

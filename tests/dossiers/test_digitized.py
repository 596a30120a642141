"""What was digitized goes into the archive's dossier by the archive's own act."""

import pytest

from congso.apps.digitization.models import DigitalCopy, Folder
from congso.apps.digitization.services.filing import file_folder
from congso.apps.digitization.tests import factories as scans
from congso.apps.dossiers.models import Entry, Reliability
from congso.apps.dossiers.tests import factories as dossiers
from congso.kernel.access.services import acting_as
from congso.kernel.workflow.services import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_accepted_copies_lie_in_the_dossier_once(world, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    dossier = dossiers.opened(world, who="clerk", unit="VPTU")
    batch = scans.accepted(world)
    clerk = scans.by(world, "clerk")
    with acting_as(clerk):
        folder = Folder.objects.get(batch=batch)
        DigitalCopy.objects.filter(batch=batch).update(folder=folder)
        with pytest.raises(Refused, match="chưa gắn"):
            file_folder(folder, by=clerk, at=scans.NOW)
        Folder.objects.filter(pk=folder.pk).update(dossier=dossier.pk)
        folder.refresh_from_db()
        assert file_folder(folder, by=clerk, at=scans.NOW) == 1
        with pytest.raises(Refused, match="Không còn"):
            file_folder(folder, by=clerk, at=scans.NOW)
        entry = Entry.objects.get(dossier=dossier)
        assert (entry.number, entry.pages, entry.reliability) == ("16-KH/TU", 2, Reliability.DIGITISED)

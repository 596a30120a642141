"""A disk that is full: a clear message, nothing half done, and everything goes on when there is space again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from operate.places import ROOT
from tests.faults.installation import with_tests
from tests.server import app_url

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World

SIZE = "640m"
ON_A_DISK_OF_ITS_OWN = 'mount -t tmpfs -o size="$0" congso "$1" && shift && exec "$@"'
Told = dict[str, Any]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def private_mount() -> list[str]:
    """How this machine lets us mount a small disk that only our child sees."""
    ways = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])
    for way in ways:
        if shutil.which("unshare") and subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0:
            return way
    if os.environ.get("CI") == "true":
        pytest.fail("the build must be able to mount a small disk (unshare --mount)")
    pytest.skip("this machine lets nobody mount a small disk")


@pytest.fixture(scope="module")
def told(committed: "World", tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("disk")
    inside = [sys.executable, "-m", "tests.faults.full_disk", str(folder)]
    done = subprocess.run(
        [*private_mount(), "sh", "-c", ON_A_DISK_OF_ITS_OWN, SIZE, str(folder), *inside],
        env=with_tests(os.environ | {"DATABASE_URL": app_url()}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    sys.stdout.write(done.stderr)
    assert done.returncode == 0, done.stderr[-3000:]
    assert list(Path(folder).iterdir()) == [], "the disk was its own"
    told: Told = json.loads(done.stdout)
    return told


def test_a_disk_nearly_full_takes_nothing_in_and_says_so(told: Told) -> None:
    assert told["nearly full"]["state"] == "refused"
    assert "dung lượng" in told["nearly full"]["message"]
    assert told["nearly full"]["id"] is None
    assert told["left of it"] == {"spool": 1, "blobs": 0}


def test_what_came_before_is_still_read(told: Told) -> None:
    assert told["what came before"] == {"state": "ready", "message": "", "document": True, "kept": True}


def test_the_rest_of_the_batch_goes_on(told: Told) -> None:
    assert told["the rest of the batch"]["state"] == "ready"


def test_a_disk_that_fills_while_a_file_comes_in_keeps_nothing_of_it(told: Told) -> None:
    assert told["full in the middle"]["state"] == "refused"
    assert "dung lượng" in told["full in the middle"]["message"]
    assert told["full in the middle"]["id"] is None


@pytest.mark.parametrize("paper", ["công văn.pdf", "bản quét.pdf", "văn bản.docx"])
def test_a_disk_that_fills_while_a_file_is_read_loses_nothing(told: Told, paper: str) -> None:
    failed = told[f"full while reading {paper}"]
    assert (failed["state"], failed["document"], failed["kept"]) == ("failed", False, False)
    assert "dung lượng" in failed["message"]
    again = told[f"{paper} with space again"]
    assert (again["state"], again["message"], again["document"], again["kept"]) == ("ready", "", True, True)


def test_no_number_is_used_and_nothing_is_left_over(told: Told) -> None:
    assert told["numbers"] == 0
    assert told["left at the end"]["spool"] == 0

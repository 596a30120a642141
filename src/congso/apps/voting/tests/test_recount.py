"""The recount program agrees with the product, and finds what was changed in the published data."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from congso.apps.voting.queries import box_of, recount_data
from congso.apps.voting.tests.factories import as_one
from congso.apps.voting.tests.secret_world import allow, opened_box, seen

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).resolve().parents[5] / "tools" / "recount_ballots.py"


def recounted(tmp_path: Path, told: dict, *more: str) -> tuple[int, str]:
    """Exit code and what it said, run as a stranger would: an isolated Python, no product."""
    path = tmp_path / "kiem-lai.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(path), *more], capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_separate_program_recounts_and_finds_every_change(world, clock, tmp_path):
    allow(world)
    held = opened_box(world)
    shown = seen(world, held)
    with as_one(world, "secretary"):
        told = json.loads(json.dumps(recount_data(shown, box_of(shown))))
    own = told["receipts"][2]
    code, said = recounted(tmp_path, told, "--receipt", own)
    assert (code, "KHỚP" in said) == (0, True), said
    token, signature = told["papers"][0]
    changed = {
        "một lựa chọn": told | {"choices": [*told["choices"][1:], "yes"]},
        "chữ ký": told | {"papers": [[token, signature[:-2] + "00"], *told["papers"][1:]]},
        "một phiếu hai lần": told | {"papers": sorted([told["papers"][1], *told["papers"][1:]])},
        "thêm phiếu": told | {"issued": 4},
        "kết quả": told | {"outcome": told["outcome"] | {"is_carried": False}},
        "thứ tự": told | {"receipts": told["receipts"][::-1]},
    }
    for what, wrong in changed.items():
        code, said = recounted(tmp_path, wrong)
        assert (code, "SAI" in said) == (1, True), (what, said)
    assert recounted(tmp_path, told, "--receipt", "ab" * 32)[0] == 1
    assert recounted(tmp_path, {"format": "khác"})[0] == 2

"""Missing programs switch a feature off and say so; only the build fails."""

import shutil

import pytest

from operate import system_parts
from operate.places import OperateError
from operate.system_parts import Part, provide


@pytest.fixture(autouse=True)
def _no_installing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_parts, "_rights", lambda: None)
    monkeypatch.delenv("CI", raising=False)


def missing(*, insisted_on: bool) -> Part:
    return Part("reading scans", ("tesseract-ocr", "tesseract-ocr-vie"), lambda: False, insisted_on)


def test_what_is_missing_is_named_with_the_one_command_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    provide([missing(insisted_on=True)])
    assert capsys.readouterr().err == (
        "congso: off for now: reading scans. To switch on: sudo apt-get install tesseract-ocr tesseract-ocr-vie\n"
    )


def test_nothing_is_said_when_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    provide([Part("a shell", ("dash",), lambda: shutil.which("sh") is not None, insisted_on=True)])
    assert capsys.readouterr().err == ""


def test_the_build_fails_without_a_part_its_tests_insist_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    provide([missing(insisted_on=False)])
    with pytest.raises(OperateError, match="the build needs reading scans"):
        provide([missing(insisted_on=True)])

"""Preparation happens once and is skipped in milliseconds afterwards."""

import sys
import time
from pathlib import Path

import pytest

from operate import preparing
from operate.places import ENVIRONMENT, OperateError


def test_a_prepared_machine_is_recognized_in_milliseconds() -> None:
    started = time.perf_counter()
    assert preparing.is_prepared(tests=True)
    assert time.perf_counter() - started < 0.1


def test_a_changed_lock_file_means_preparing_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changed = tmp_path / "dev.txt"
    changed.write_bytes((preparing.ROOT / "requirements/dev.txt").read_bytes() + b"\n# newer\n")
    monkeypatch.setattr(preparing, "_python_sources", lambda _name: [changed])
    assert not preparing.is_prepared(tests=True)


def test_without_node_the_wheels_npm_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    command, environment = preparing.find_npm()
    assert command == [f"{ENVIRONMENT}/bin/npm"]
    assert environment["PATH"].startswith(f"{ENVIRONMENT}/bin:")


def test_an_old_node_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, says in (("node", "v18.19.0"), ("npm", "9.2.0")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {says}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert preparing.find_npm()[0] == [f"{ENVIRONMENT}/bin/npm"]


def test_another_python_is_refused_with_the_name_of_the_right_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OperateError, match=r"Python 3\.11 is needed"):
        preparing.find_python()

"""Passwords that look random and are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from congso.kernel.accounts import breach_list
from congso.kernel.accounts.breach_list import is_breached, is_in_list
from congso.kernel.accounts.passwords import BreachedPasswordValidator, GuessablePasswordValidator, own_part, typed


def test_a_word_is_known_as_both_keyboards_type_it() -> None:
    assert {"maatjkhaaru", "maatjkhaaur"} & typed("mật khẩu")
    assert {"ma65tkha63u", "ma6t5kha6u3"} <= typed("mật khẩu")


@pytest.mark.parametrize(
    "password",
    [
        "maatjkhaaur123456",
        "ma6t5kha6u3@2026",
        "MatKhau@LaoCai2026",
        "vanphongtinhuylaocai",
        "Đảng Cộng sản Việt Nam!",
        "qwertyuiop1234567890",
        "quantri2025quantri2026",
        "aaaaaaaaaaaaaaaaaaaa",
        "DdoocjLaapjTuwjDoHanhjPhucs",
    ],
)
def test_what_the_office_is_made_of_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        GuessablePasswordValidator().validate(password)


@pytest.mark.parametrize(
    "password", ["mot cau rat rieng ve con meo vang", "Kho&tRui9-pXam", "bảy con vịt đi qua cầu gỗ chiều nay"]
)
def test_what_is_ones_own_is_accepted(password: str) -> None:
    validate_password(password)


def test_the_own_part_keeps_what_no_word_explains() -> None:
    assert own_part("LaoCai2026-khotrui") == "khotrui"


def test_the_list_is_large_sorted_and_asked_without_reading_it_whole() -> None:
    rows, size = breach_list.FILE.read_bytes(), breach_list.BYTES
    hashes = [rows[at : at + size] for at in range(0, len(rows), size)]
    assert len(hashes) > 900_000
    assert hashes == sorted(set(hashes))
    assert is_in_list("trustno1")
    assert not is_in_list("trustno1-khotrui")


@pytest.mark.parametrize(
    "password",
    [
        "Trustno1",
        "sunshineprincess",  # two of the list
        "Dragon1990sunshine!",  # with a year between them
        "Monkey monkey 123",
        "2026Liverpool!!",
        "hoa hồng trắng 12",
    ],
)
def test_what_breaches_brought_to_light_is_refused_also_joined_and_with_a_few_keys(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BreachedPasswordValidator().validate(password)
    assert refused.value.code == "password_breached"


@pytest.mark.parametrize(
    "password", ["a9f3kq0zmx81plw2", "bảy con vịt đi qua cầu gỗ chiều nay", "x" * 4096, "\u200b" * 20]
)
def test_what_is_in_no_list_is_not(password: str) -> None:
    assert not is_breached(password)


def test_a_list_that_is_missing_or_cut_is_said_and_does_not_let_everything_through(tmp_path, monkeypatch) -> None:
    broken = tmp_path / "passwords.bin"
    monkeypatch.setattr(breach_list, "FILE", broken)
    for made in (None, b"12345"):
        breach_list._rows.cache_clear()
        if made:
            broken.write_bytes(made)
        with pytest.raises(ImproperlyConfigured):
            is_in_list("trustno1")
    breach_list._rows.cache_clear()

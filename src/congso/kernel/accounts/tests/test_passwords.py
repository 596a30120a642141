"""Passwords that look random and are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from congso.kernel.accounts.passwords import GuessablePasswordValidator, own_part, typed


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

"""Passwords an attacker tries first, and that lists made for English do not hold.

A Vietnamese keyboard turns words into other letters: “mật khẩu” is typed m-a-t-j-k-h-a-a-u-r with Telex and
m-a-t-5-k-h-a-6-u-3 with VNI. Such a string looks random and is in every local attacker's list.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.breach_list import is_breached
from congso.lib.vietnamese import fold

# What offices here build passwords from, with tone marks; compared folded and as typed.
WORDS: Final = (
    "mật khẩu", "đăng nhập", "quản trị", "quản trị viên", "văn thư", "văn phòng", "tỉnh ủy", "đảng ủy", "đảng viên",
    "thường vụ", "thường trực", "bí thư", "chánh văn phòng", "lãnh đạo", "chuyên viên", "cán bộ", "cơ quan",
    "mặt trận", "tổ quốc", "đoàn thể", "công đoàn", "phụ nữ", "nông dân", "cựu chiến binh", "thanh niên",
    "lào cai", "yên bái", "sa pa", "hà nội", "việt nam", "hồ chí minh", "bác hồ", "đảng cộng sản", "cộng sản",
    "đảng cộng sản việt nam", "độc lập tự do hạnh phúc", "độc lập", "tự do", "hạnh phúc", "xin chào", "yêu em",
    "anh yêu em", "em yêu anh", "gia đình", "mãi mãi", "không biết", "chúc mừng năm mới", "một hai ba",
    "cổng số", "chuyển đổi số", "công văn", "nghị quyết", "chỉ thị", "hòa bình", "thống nhất", "con yêu", "mẹ yêu",
)  # fmt: skip
_ROWS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_ENGLISH: Final = ("password", "admin", "administrator", "welcome", "letmein", "secret", "login", "office", "changeme")
SHORTEST_OWN_PART: Final = 6  # letters that no word, row of keys, year or repetition explains


class GuessablePasswordValidator:
    """Refuses what consists of common words (Vietnamese ones also as typed), rows of keys, years and repetition."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raises ValidationError when too little is left that somebody who knows the office could not guess."""
        if len(own_part(password)) < SHORTEST_OWN_PART:
            raise ValidationError(
                _("Mật khẩu này ghép từ những từ, dãy phím hoặc năm dễ đoán. Hãy thêm phần chỉ riêng bạn biết."),
                code="password_too_guessable",
            )

    def get_help_text(self) -> str:
        """For the form's help."""
        return str(_("Không ghép từ những từ hay dùng, kể cả gõ theo kiểu Telex, VNI, dãy phím liền nhau hoặc năm."))


class BreachedPasswordValidator:
    """Refuses what breaches brought to light: one or two such passwords with a few keys more."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raises ValidationError."""
        if is_breached(password):
            raise ValidationError(
                _("Mật khẩu này, hoặc những phần ghép thành nó, nằm trong danh sách mật khẩu đã bị lộ. Hãy chọn khác."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """For the form's help."""
        return str(_("Không phải mật khẩu đã bị lộ, kể cả khi ghép hai mật khẩu như thế hoặc thêm vài phím."))


def own_part(password: str) -> str:
    """What is left of a password without guessable parts, lower case."""
    left = re.sub(r"[^a-z0-9]", "", fold(password).lower())
    for part in _parts():
        left = left.replace(part, " ")
    left = re.sub(r"(?:19|20)\d\d", " ", left)
    left = re.sub(r"(.)\1{2,}", r"\1", left)
    return re.sub(r"[^a-z0-9]", "", _without_rows(left))


@cache
def _parts() -> tuple[str, ...]:
    """Every guessable part, longest first, so that “đảng cộng sản” goes before “đảng”."""
    found = set(_ENGLISH)
    for words in WORDS:
        found |= {fold(words).lower().replace(" ", ""), *typed(words)}
    return tuple(sorted(found, key=len, reverse=True))


_TELEX: Final = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
_VNI: Final = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "1", "\u0323": "5"}
_TELEX_LETTERS: Final = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI_LETTERS: Final = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}


def typed(words: str) -> set[str]:
    """The keys of the words without spaces: Telex and VNI, the tone's key after the vowel or after the syllable."""
    return {
        "".join(_keys(word, letters, tones, ends=ends) for word in words.split())
        for letters, tones in ((_TELEX_LETTERS, _TELEX), (_VNI_LETTERS, _VNI))
        for ends in (False, True)
    }


def _keys(word: str, letters: dict[str, str], tones: dict[str, str], *, ends: bool) -> str:
    keys, last = "", ""
    for letter in word:
        marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in tones]
        plain = unicodedata.normalize(
            "NFC", "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in tones)
        )
        tone = tones[marks[0]] if marks else ""
        keys += letters.get(plain, plain) + ("" if ends else tone)
        last = tone or last
    return keys + (last if ends else "")


def _without_rows(text: str) -> str:
    """Four or more neighbouring keys, in either direction, say nothing."""
    for row in _ROWS:
        for keys in (row, row[::-1]):
            for start in range(len(keys) - 3):
                for length in range(len(keys) - start, 3, -1):
                    text = text.replace(keys[start : start + length], " ")
    return text

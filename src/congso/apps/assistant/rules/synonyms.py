"""Words people ask with for words papers write: a small list, each group meaning the same in office papers."""

from collections.abc import Sequence
from functools import cache

from congso.apps.assistant.rules.words import Word

# Without accents. Any phrase of a group stands for any other.
_GROUPS = """
tien | kinh phi | ngan sach | von | chi | dong
han | thoi han | cham nhat | truoc ngay | den ngay | han cuoi | hoan thanh truoc
vuong | kho khan | vuong mac | ton tai | han che | bat cap | chua hoan thanh | chua xong
chu tri | dau moi | phu trach | chiu trach nhiem | dung dau | tham muu
giam sat | kiem tra | theo doi | don doc
lam diem | thi diem | diem | mau
ket luan | yeu cau | chi dao
gui | nop | bao cao ve | trinh
ly do | nguyen nhan
muc tieu | chi tieu | phan dau | dat
phat | xu ly | ky luat | khien trach
thuong | khen thuong | bieu duong
thay the | bai bo | het hieu luc
hieu luc | thi hanh | ap dung
hop | hoi nghi | phien hop
tap huan | boi duong | dao tao | lop
bat dau | tu ngay | khoi cong | trien khai
ket thuc | hoan thanh | den ngay
tong | tong so | tong cong | tat ca
tang | nang | len
giam | ha | cat giam
xay | xay dung | thi cong
mua | mua sam | trang bi
ho tro | cap | dau tu
nguoi gia | nguoi cao tuoi | cao tuoi | lon tuoi
lam viec | cong tac
sap nhap | hop nhat
di dang | chuyen sinh hoat
lam duoc | thuc hien duoc | hoan thanh | dat
giay to | ho so | thanh phan ho so
dung dau | to truong | truong ban | lam to truong
to giup viec | to cong tac
phai | can | yeu cau | co trach nhiem
du kien | phan dau | ke hoach
"""
_LONGEST = 3


@cache
def _groups() -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    known: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for line in _GROUPS.strip().splitlines():
        phrases = [tuple(phrase.split()) for phrase in line.split("|")]
        for phrase in phrases:
            known.setdefault(phrase, set()).update(other for other in phrases if other != phrase)
    return {phrase: frozenset(others) for phrase, others in known.items()}


def alternatives(words: Sequence[Word]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each word of a question, the other phrases that stand for the phrase it belongs to."""
    found: list[set[tuple[str, ...]]] = [set() for _ in words]
    for length in range(1, _LONGEST + 1):
        for start in range(len(words) - length + 1):
            phrase = tuple(word.plain for word in words[start : start + length])
            for place in range(start, start + length):
                found[place] |= _groups().get(phrase, frozenset())
    return tuple(tuple(sorted(others)) for others in found)

"""Habits of pages that no form foresees: numbers printed later, captions of signing programs, stamps, two signers."""

from collections.abc import Sequence

from congso.kernel.papers.fields import read_fields
from congso.kernel.papers.proposals import FieldName
from congso.lib.layout import Box, Layout, Line, Page, Word

Placed = tuple[float, float, str]  # left, top, text

HEAD: tuple[Placed, ...] = (
    (120, 57, "ỦY BAN NHÂN DÂN"),
    (135, 72, "TỈNH LÀO CAI"),
    (300, 57, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (340, 72, "Độc lập - Tự do - Hạnh phúc"),
)
NUMBER: tuple[Placed, ...] = ((130, 97, "Số: 15/KH-UBND"),)
DATE: tuple[Placed, ...] = ((320, 97, "Lào Cai, ngày 05 tháng 8 năm 2025"),)
TITLE: tuple[Placed, ...] = ((285, 140, "KẾ HOẠCH"), (220, 158, "Rà soát máy chủ năm 2025"))
BODY: tuple[Placed, ...] = ((113, 200, "Thực hiện chương trình công tác, Ủy ban nhân dân tỉnh ban hành Kế hoạch"),)
ENDING: tuple[Placed, ...] = (
    (85, 500, "Nơi nhận:"),
    (85, 515, "- Như trên;"),
    (85, 530, "- Lưu: VT."),
    (360, 500, "TM. ỦY BAN NHÂN DÂN"),
    (390, 516, "CHỦ TỊCH"),
    (370, 610, "Nguyễn Văn Mẫu"),
)


def paper(*parts: Sequence[Placed]) -> Layout:
    return Layout((Page(1, 595, 842, tuple(_line(*placed) for part in parts for placed in part)),))


def _line(left: float, top: float, text: str) -> Line:
    words, at = [], left
    for word in text.split():
        words.append(Word(word, Box(at, top, at + 6 * len(word), top + 13)))
        at += 6 * len(word) + 4
    return Line(tuple(words))


def test_a_number_and_a_day_printed_into_their_gaps_are_read_in_place():
    number = ((130, 97, "Số:"), (195, 97, "/KH-UBND"), (160, 98, "1234"))
    date = ((300, 97, "Lào Cai, ngày"), (400, 97, "tháng 8 năm 2025"), (383, 98, "21"))
    fields = read_fields(paper(HEAD, number, date, TITLE, BODY, ENDING))
    assert fields.value(FieldName.NUMBER_SYMBOL) == "1234/KH-UBND"
    assert fields.value(FieldName.ISSUED_DATE) == "2025-08-21"


def test_the_moment_of_a_digital_signature_is_not_the_date():
    caption = (
        (400, 20, "Người ký: Ủy ban nhân dân tỉnh"),
        (400, 30, "Lào Cai"),
        (400, 40, "Thời gian ký: 09/9/2025 10:11:12"),
    )
    fields = read_fields(paper(caption, HEAD, NUMBER, TITLE, BODY, ENDING))
    assert FieldName.ISSUED_DATE not in fields.readings
    assert read_fields(paper(caption, HEAD, NUMBER, DATE, TITLE, ENDING)).value(FieldName.ISSUED_DATE) == "2025-08-05"


def test_the_arrival_stamp_is_not_the_number():
    stamp = ((30, 10, "CÔNG VĂN ĐẾN"), (30, 24, "Số: 1479"), (30, 38, "Ngày: 14/8/2025"))
    fields = read_fields(paper(stamp, HEAD, NUMBER, DATE, TITLE, BODY, ENDING))
    assert fields.value(FieldName.NUMBER_SYMBOL) == "15/KH-UBND"
    assert fields.value(FieldName.ISSUED_DATE) == "2025-08-05"
    assert fields.value(FieldName.ISSUING_AGENCY) == "Ủy ban nhân dân tỉnh Lào Cai"


def test_the_name_below_a_caption_is_the_signer():
    caption = (
        (360, 540, "Ký bởi: Trần Thị Khác"),
        (360, 550, "Email: khac@vidu.vn"),
        (360, 560, "Ngày ký: 02/02/2022"),
    )
    fields = read_fields(paper(HEAD, NUMBER, DATE, TITLE, BODY, caption, ENDING))
    assert fields.value(FieldName.SIGNER) == "Nguyễn Văn Mẫu"
    assert fields.value(FieldName.SIGNER_POST) == "Chủ tịch"
    assert fields.value(FieldName.AUTHORITY) == "TM. Ủy ban nhân dân"
    assert fields.value(FieldName.RECIPIENTS) == "Như trên\nLưu: VT"


def test_a_symbol_that_contradicts_the_kind_is_doubted():
    number = ((130, 97, "Số: 15/QĐ-UBND"),)
    fields = read_fields(paper(HEAD, number, DATE, TITLE, BODY, ENDING))
    assert fields.value(FieldName.DOC_TYPE) == "Kế hoạch"
    assert "quyết định" in fields.readings[FieldName.DOC_TYPE].doubt
    assert fields.readings[FieldName.DOC_TYPE].confidence < 0.8


def test_a_letter_is_known_by_what_it_is_about():
    number = ((130, 97, "Số: 4912/UBND-NLN"), (120, 113, "V/v chủ động ứng phó"), (120, 127, "với bão số 9"))
    addressed = ((230, 160, "Kính gửi: Các sở, ban, ngành tỉnh"),)
    fields = read_fields(paper(HEAD, number, DATE, addressed, BODY, ENDING))
    assert fields.value(FieldName.DOC_TYPE) == "Công văn"
    assert fields.value(FieldName.TITLE) == "V/v chủ động ứng phó với bão số 9"
    assert fields.value(FieldName.ADDRESSEES) == "Các sở, ban, ngành tỉnh"


def test_old_tone_placement_stays_in_what_is_written():
    head = ((120, 57, "UỶ BAN NHÂN DÂN"), *HEAD[1:])
    issuer = read_fields(paper(head, NUMBER, DATE, TITLE, BODY, ENDING)).readings[FieldName.ISSUING_AGENCY]
    assert issuer.value == "Ủy ban nhân dân tỉnh Lào Cai"
    assert issuer.written == "UỶ BAN NHÂN DÂN TỈNH LÀO CAI"


def test_a_name_whose_post_the_seal_hides_is_still_the_signer():
    hidden = (*ENDING[:3], (417, 500, "VĂN PHÒNG"), (365, 610, "Thào Thị Minh Chứng"))
    fields = read_fields(paper(HEAD, NUMBER, DATE, TITLE, BODY, hidden))
    assert fields.value(FieldName.SIGNER) == "Thào Thị Minh Chứng"


def test_the_first_line_of_the_body_is_no_part_of_a_centred_abstract():
    abstract = ((285, 140, "KẾ HOẠCH"), (128, 158, "Rà soát máy chủ trong các cơ quan đảng của tỉnh năm 2025 và 2026"))
    body = ((113, 176, "Các cơ quan đảng rà soát toàn bộ máy chủ của mình trong quý đầu năm để nối"),)
    lines = (*body, (85, 194, "vào trung tâm dữ liệu của tỉnh."))
    fields = read_fields(paper(HEAD, NUMBER, DATE, abstract, lines, ENDING))
    assert fields.value(FieldName.TITLE) == "Rà soát máy chủ trong các cơ quan đảng của tỉnh năm 2025 và 2026"


def test_a_superior_named_over_two_lines_is_one_body():
    front = (
        (110, 57, "ỦY BAN TRUNG ƯƠNG"),
        (90, 72, "MẶT TRẬN TỔ QUỐC VIỆT NAM"),
        (70, 87, "ỦY BAN MTTQ VIỆT NAM TỈNH LÀO CAI"),
        *HEAD[2:],
    )
    number = ((110, 112, "Số: 112/BC-MTTQ-BTT"),)
    fields = read_fields(paper(front, number, DATE, TITLE, BODY, ENDING))
    assert fields.value(FieldName.PARENT_AGENCY) == "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
    assert fields.value(FieldName.ISSUING_AGENCY) == "Ủy ban MTTQ Việt Nam tỉnh Lào Cai"


def test_a_post_in_capitals_without_a_name_below_is_no_signer():
    unsigned = (*ENDING[:3], (360, 500, "KT. TRƯỞNG BAN"), (366, 516, "PHÓ TRƯỞNG BAN"))
    fields = read_fields(paper(HEAD, NUMBER, DATE, TITLE, BODY, unsigned))
    assert fields.value(FieldName.SIGNER) == ""


def test_a_line_of_the_abstract_that_a_recogniser_cut_in_two_is_one():
    cut = ((285, 140, "KẾ HOẠCH"), (178, 158, "Bảo đảm quốc phòng, an ninh của tỉnh và quốc"), (250, 177, "phòng"))
    abstract = (*cut, (288, 176, "- an ninh tại cơ sở"), (262, 194, "năm 2025 và 2026"))
    fields = read_fields(paper(HEAD, NUMBER, DATE, abstract, BODY[:0], ENDING))
    assert fields.value(FieldName.TITLE).endswith("và quốc phòng - an ninh tại cơ sở năm 2025 và 2026")


def test_a_recipient_whose_dash_was_lost_stands_in_a_line_of_its_own():
    ending = ((85, 500, "Nơi nhận:"), (85, 515, "- Bộ Nội vụ (b/c);"), (85, 530, "Lưu: VT."), *ENDING[3:])
    fields = read_fields(paper(HEAD, NUMBER, DATE, TITLE, BODY, ending))
    assert fields.value(FieldName.RECIPIENTS) == "Bộ Nội vụ (b/c)\nLưu: VT"

"""Accents, symbols, abbreviations, phrases, order: what a question finds."""

import unicodedata
from datetime import date

import pytest

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.services import found_organization, rename_organization, succeed_organizations
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record
from congso.kernel.search.queries import Filters, Results
from congso.kernel.search.reading import read_question
from congso.kernel.search.tests.conftest import Ask, Make
from congso.lib.vietnamese import fold

pytestmark = pytest.mark.django_db


def titles(results: Results) -> list[str]:
    return [hit.record.title for hit in results.rows]


@pytest.mark.parametrize(
    "typed",
    [
        "hòa giải",
        "hoà giải",
        "hoa giai",
        "HÒA GIẢI",
        unicodedata.normalize("NFD", "hòa giải"),
        "hoaf giari",
        "hoa2 giai3",
    ],
)
def test_every_way_of_typing_finds_it(make: Make, ask: Ask, typed: str) -> None:
    make("Tổ hoà giải ở cơ sở")
    make("Vườn hoa trung tâm")
    assert titles(ask(typed)) == ["Tổ hoà giải ở cơ sở"]


def test_accents_typed_are_meant(make: Make, ask: Ask) -> None:
    make("Tuyển dụng cán bộ")
    make("Tuyên dương cán bộ")
    assert titles(ask("tuyển cán bộ")) == ["Tuyển dụng cán bộ"]
    assert ask("tuyen can bo").total == 2


def test_accents_nobody_wrote_are_forgiven_and_said(make: Make, ask: Ask) -> None:
    make("Ke hoach chuyen doi so")
    found = ask("kế hoạch chuyển đổi")
    assert titles(found) == ["Ke hoach chuyen doi so"]
    assert "không phân biệt dấu" in found.message


def test_the_word_as_typed_comes_first(make: Make, ask: Ask) -> None:
    make("Vườn hoa trung tâm", day=date(2026, 1, 1))
    make("Hội nghị hòa bình", day=date(2026, 3, 1))
    make("Hóa đơn tiền điện", day=date(2026, 2, 1))
    assert titles(ask("hoa"))[0] == "Vườn hoa trung tâm"
    assert ask("hoa").total == 3


def test_dd_is_d_only_without_accents(make: Make, ask: Ask) -> None:
    make("Đảng bộ xã")
    make("Dang tay")
    assert titles(ask("đảng")) == ["Đảng bộ xã"]
    assert ask("dang").total == 2


@pytest.mark.parametrize("typed", ["lý lịch", "lí lịch", "ly lich", "li lich"])
def test_i_and_y_are_one(make: Make, ask: Ask, typed: str) -> None:
    make("Thẩm tra lý lịch")
    assert ask(typed).total == 1


@pytest.mark.parametrize(
    "typed", ["16-KH/TU", "16-kh/tu", "16 kh tu", "số 16-KH/TU", "16 - KH / TU", "16–KH/TU", "16-KH"]
)
def test_a_symbol_is_found_however_it_is_typed(make: Make, ask: Ask, typed: str) -> None:
    make("Kế hoạch thực hiện nghị quyết", number="16-KH/TU")
    make("Kế hoạch khác", number="17-KH/TU")
    make("Công văn đôn đốc", number="216-CV/VPTU")
    assert titles(ask(typed))[0] == "Kế hoạch thực hiện nghị quyết"
    assert "Công văn đôn đốc" not in titles(ask(typed))


def test_a_symbol_inside_the_text_is_found_without_its_accents(make: Make, ask: Ask) -> None:
    make("Góp ý dự thảo", body="Căn cứ Nghị định số 154/2026/NĐ-CP ngày 1 tháng 7 năm 2026")
    for typed in ("154/2026/NĐ-CP", "154/2026/nd-cp", "1/7/2026", "ngày 1 tháng 7 năm 2026", "01/07/2026"):
        assert ask(typed).total == 1, typed


def test_numbers_are_found_with_their_separators_or_without(make: Make, ask: Ask) -> None:
    make("Phân bổ dự toán", body="Tổng số 1.234.567 đồng")
    for typed in ("1.234.567", "1234567"):
        assert ask(typed).total == 1, typed


@pytest.mark.parametrize("typed", ["UBND", "ubnd", "Ủy ban nhân dân", "uy ban nhan dan"])
def test_abbreviations_and_their_words_find_each_other(make: Make, ask: Ask, typed: str) -> None:
    make("Báo cáo của UBND xã")
    make("Báo cáo của Ủy ban nhân dân xã")
    assert ask(typed).total == 2


def test_quotation_marks_keep_words_together(make: Make, ask: Ask) -> None:
    make("Chuyển trường, đổi lớp và số thẻ", body="chuyển rồi đổi tên")
    make("Đề án chuyển đổi số")
    assert ask("chuyển đổi số").total == 2
    for typed in ('"chuyển đổi số"', "“chuyển đổi số”", '"chuyen doi so"'):
        assert titles(ask(typed)) == ["Đề án chuyển đổi số"], typed


def test_the_title_comes_before_the_text_and_neighbours_before_strangers(make: Make, ask: Ask) -> None:
    make("Báo cáo quý", body="phần mềm điều hành tác nghiệp và bảo trì", day=date(2026, 9, 1))
    make("Báo cáo năm", body="mềm dẻo trong từng phần việc", day=date(2026, 9, 2))
    make("Nâng cấp phần mềm", day=date(2026, 1, 1))
    assert titles(ask("phần mềm")) == ["Nâng cấp phần mềm", "Báo cáo quý", "Báo cáo năm"]


def test_alike_records_are_shown_newest_first_and_by_pages(make: Make, ask: Ask) -> None:
    for month in range(1, 8):
        make("Giao ban tháng", day=date(2026, month, 1))
    days = [hit.record.opened_on.month for hit in ask("giao ban", limit=3, offset=2).rows]
    assert days == [5, 4, 3]


def test_a_sentence_no_record_has_all_of_is_answered_by_what_is_nearest(make: Make, ask: Ask) -> None:
    make("Sửa chữa cầu treo bản Mẫu")
    make("Báo cáo sửa đường", body="cầu cống")
    make("Báo cáo trách nhiệm")
    for typed in (
        "ai chịu trách nhiệm sửa chữa cầu treo ở bản Mẫu?",
        "ai chiu trach nhiem sua chua cau treo o ban Mau",
    ):
        found = ask(typed)
        assert titles(found)[0] == "Sửa chữa cầu treo bản Mẫu"
        assert "Báo cáo trách nhiệm" not in titles(found)[:1]
        assert found.rows[0].score > 0
        assert found.facets.years[0].count == found.total
    assert ask("ai chịu trách nhiệm sửa chữa cầu treo", filters=Filters(years=(1999,))).total == 0


def test_one_word_in_common_is_not_near(make: Make, ask: Ask) -> None:
    make("Sửa chữa cầu treo bản Mẫu")
    assert ask("khám sức khỏe định kỳ cho cán bộ hưu trí, sửa").total == 0


def test_facets_divide_all_hits_and_narrow_the_question(make: Make, ask: Ask) -> None:
    make("Rà soát tài sản", day=date(2024, 1, 2), unit="TH")
    make("Rà soát tài sản công", day=date(2025, 1, 2), unit="CDS", record_type="task")
    make("Rà soát quỹ đất", day=date(2025, 6, 2), unit="CDS", record_type="task")
    found = ask("rà soát", limit=1)
    assert [(b.value, b.count) for b in found.facets.types] == [("task", 2), ("paper", 1)]
    assert [(b.value, b.count) for b in found.facets.years] == [("2025", 2), ("2024", 1)]
    assert [(b.label, b.count) for b in found.facets.units] == [
        ("Phòng Chuyển đổi số - Cơ yếu", 2),
        ("Phòng Tổng hợp", 1),
    ]
    assert found.total == 3
    for bucket, filters in (
        (found.facets.types[0], Filters(types=(found.facets.types[0].value,))),
        (found.facets.years[0], Filters(years=(int(found.facets.years[0].value),))),
        (found.facets.units[1], Filters(units=(int(found.facets.units[1].value),))),
        (found.facets.owners[0], Filters(owners=(int(found.facets.owners[0].value),))),
    ):
        assert ask("rà soát", filters=filters).total == bucket.count


def test_what_was_asked_for_is_marked_as_written(make: Make, ask: Ask) -> None:
    make("Tổ HOÀ giải và hoa", number="05-HD/VPTU")
    assert [p.text for p in ask("hòa giải").rows[0].title if p.is_found] == ["HOÀ", "giải"]
    assert [p.text for p in ask("hoa").rows[0].title if p.is_found] == ["HOÀ", "hoa"]
    assert "".join(p.text for p in ask("hoa").rows[0].title) == "Tổ HOÀ giải và hoa"
    assert any(p.is_found for p in ask("5-HD/VPTU").rows[0].number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "&|!():*<->'\\",
        "'; DROP TABLE search_entry; --",
        '"""',
        "“",
        '"a"',
        "\x00\x07\u202e",
        "%_%",
        "a" * 10_000,
        "từ " * 5_000,
        "🙂",
        "0" * 400,
        "((((((",
        "'a' <-> 'b'",
        "\ud800",
        "a:*",
        "~2026",
        "1/2/3/4/5",
        "16-/KH/",
        "<b>",
    ],
)
def test_nothing_typed_is_an_error(make: Make, ask: Ask, typed: str) -> None:
    make("Tổ hòa giải")
    found = ask(typed)
    assert titles(found) == []
    assert found.message or not typed.strip() or found.total == 0


def test_what_only_asks_is_left_out_of_a_sentence_with_or_without_accents() -> None:
    for typed in (
        "Cho tôi hỏi sửa chữa cầu treo bản Mẫu đến khi nào thế nào ạ?",
        "Cho toi hoi sua chua cau treo ban Mau den khi nao the nao",
    ):
        words = [fold(group.readings[0][0]) for group in read_question(typed).groups]
        assert words == ["sua", "chua", "cau", "treo", "ban", "mau", "den"]
    assert len(read_question("thế nào là gì").groups) == 4
    assert read_question('"cho tôi hỏi" ai là người sửa cầu').phrases == (("cho", "tôi", "hỏi"),)


def test_of_a_long_question_the_words_at_the_end_count_too(make: Make, ask: Ask) -> None:
    make("Sửa chữa cầu treo bản Mẫu")
    make("Báo cáo rất dài về mọi việc của lãnh đạo")
    typed = "Đồng chí trưởng phòng yêu cầu báo cáo ngay cho lãnh đạo vào buổi sáng hôm nay, đó là việc sửa cầu treo"
    assert "Sửa chữa cầu treo bản Mẫu" in titles(ask(typed))


def test_who_names_a_symbol_in_a_question_means_that_paper(make: Make, ask: Ask) -> None:
    make("Kế hoạch hành động", number="16-KH/TU", body="phát triển")
    for place in range(12):
        make(f"Hạ tầng số và nguồn nhân lực số của cơ quan đảng {place}", body="theo Kế hoạch 16-KH/TU")
    for typed in (
        "Kế hoạch số 16-KH/TU đặt mục tiêu gì về hạ tầng số và nguồn nhân lực số",
        "16-kh/tu ha tang so va nhan luc",
    ):
        assert titles(ask(typed))[0] == "Kế hoạch hành động", typed


def test_a_record_is_found_by_every_name_of_its_organization(make: Make, ask: Ask, world: World) -> None:
    """No text names anybody: one unit was renamed since, another taken over by it."""
    make("Lịch trực tháng 5", unit="CDS", day=date(2025, 7, 4))
    make("Lịch trực tháng 6", unit="TH", day=date(2025, 7, 5))
    make("Lịch trực tháng 7", day=date(2025, 7, 6))
    with acting_as(Actor.person(world.administrator)):
        digital, general = world.organization("CDS"), world.organization("TH")
        first_name = digital.name
        rename_organization(digital, name="Phòng Công nghệ và Cơ yếu Mẫu", on=date(2025, 8, 1))
        succeed_organizations(predecessors=[general], successor=digital, on=date(2025, 9, 1), decision="12-QĐ/VPTU")
    both = {"Lịch trực tháng 5", "Lịch trực tháng 6"}
    by_new_name = ask("phong cong nghe va co yeu mau")
    assert set(titles(by_new_name)) == both
    assert general.name in by_new_name.message
    assert set(titles(ask(f"lịch trực của {first_name}"))[:2]) == both
    assert titles(ask(general.name)) == ["Lịch trực tháng 6"]
    assert titles(ask("Phòng Công nghệ và Cơ yếu Mẫu tháng 6"))[0] == "Lịch trực tháng 6"
    assert [hit.record.unit.name for hit in ask("lịch trực tháng 5").rows] == [first_name]


def test_a_record_that_changes_hands_is_found_by_its_new_unit(make: Make, ask: Ask, world: World) -> None:
    record = make("Lịch trực tháng 5", unit="TH")
    with acting_as(Actor.person(world.clerk)):
        before, after = world.organization("TH"), world.organization("CDS")
        Record.objects.filter(pk=record.pk).update(unit=after)
    assert ask(before.name).total == 0
    assert ask(after.name).total == 1


def test_a_name_many_bear_says_nothing(make: Make, ask: Ask, world: World) -> None:
    make("Lịch trực tháng 5", unit="TH")
    with acting_as(Actor.person(world.administrator)):
        name = world.organization("TH").name
        for number in range(8):
            found_organization(code=f"T.TH{number}", kind="unit", name=name, symbol="", valid_from=date(2020, 1, 1))
    assert ask(name).total == 0

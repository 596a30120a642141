"""Files of figures: what is taken, what is refused with its reason, nothing half done; whose they are."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection

from congso.apps.analytics import services
from congso.apps.analytics.models import DataFile
from congso.apps.analytics.services import Mapping
from congso.apps.analytics.tests.factories import CODE, NOW, TABLE, by, file, indicator
from congso.kernel.access.services import acting_as
from congso.kernel.indicators.models import Observation
from congso.kernel.workflow.services import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONG = Mapping(CODE, unit=0, period=1, value=2)


def mapped(world, held, mapping=LONG, who="secretary"):
    with acting_as(by(world, who)):
        seen = services.map_file(held, mapping, by=by(world, who), at=NOW)
        return [one.value for one in seen], held.refused


def test_a_file_is_mapped_tried_and_taken_once(world):
    indicator(world)
    held = file(world, who="secretary")
    assert mapped(world, held) == ([Decimal(12), Decimal(1234)], [])
    with acting_as(by(world, "secretary")):
        assert Observation.objects.count() == 0
        assert services.take_file(held, by=by(world, "secretary"), at=NOW) == 2
        one = Observation.objects.order_by("id").first()
        assert (one.origin, one.words) == ("import", "so-lieu.csv, dòng 2")
        with pytest.raises(Refused, match="đã nhận"):
            services.take_file(held, by=by(world, "secretary"), at=NOW)
    again = file(world, who="secretary")
    mapped(world, again)
    with acting_as(by(world, "secretary")):
        assert services.take_file(again, by=by(world, "secretary"), at=NOW) == 0
        assert Observation.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Ban Không Có;10/2026;5", "không có đơn vị"),
        (";10/2026;5", "thiếu tên đơn vị"),
        ("T.BTC;quý IV/2026;5", "không phải là tháng"),
        ("T.BTC;10/2026;năm", "không phải là số"),
        ("T.BTC;10/2026;12,345", "không rõ"),
        ("T.BTC;10/2026;5,5", "nhiều hơn 0 chữ số thập phân"),
        ("T.BTC;10/2026;=SUM(A1)", "không phải là số"),
        ("T.BTC;10/2026;7\nT.BTC;10/2026;8", "đã có ở dòng trên"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_reason(world, row, words):
    indicator(world)
    held = file(world, f"Đơn vị;Tháng;Số liệu\n{row}\nT.XA;10/2026;3\n", who="secretary")
    values, refused = mapped(world, held)
    assert values[-1] == 3
    assert len(refused) == 1
    assert refused[0].startswith("Dòng ")
    assert words in refused[0]


def test_a_column_in_another_unit_of_measure_is_refused_whole(world):
    indicator(world)
    for head in ("Số liệu (nghìn văn bản)", "Số liệu [ĐVT: hồ sơ]"):
        held = file(world, f"Đơn vị;Tháng;{head}\nT.BTC;10/2026;5\n", who="secretary")
        with pytest.raises(Refused, match="tính bằng “văn bản”"):
            mapped(world, held)
    for head in ("Số liệu (Văn bản)", "Số liệu (đơn vị tính: văn bản)", "Số liệu (năm 2026)", "Số liệu"):
        held = file(world, f"Đơn vị;Tháng;{head}\nT.BTC;10/2026;5\n", who="secretary")
        assert mapped(world, held) == ([5], [])


def test_a_wide_file_has_a_column_for_each_period(world):
    indicator(world)
    content = "Mã;9/2026;10/2026\nT.BTC;1;2\nT.XA;;-\n"
    held = file(world, content, who="secretary")
    assert mapped(world, held, Mapping(CODE, unit=0, periods=(1, 2)))[0] == [1, 2]


def test_nobody_gives_figures_of_units_not_hers(world):
    indicator(world)
    held = file(world, who="agency_clerk")
    values, refused = mapped(world, held, who="agency_clerk")
    assert values == [12]
    assert "không chịu trách nhiệm" in refused[0]


def test_columns_about_what_people_are_never_enter(world):
    held = file(world, "Đơn vị;Dân tộc;Họ và tên;Tháng;Số liệu\nT.BTC;Kinh;A B;10/2026;5\n")
    assert held.heads == ["Đơn vị", "Tháng", "Số liệu"]
    assert held.rows == [["T.BTC", "10/2026", "5"]]
    assert len(held.refused) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.exe", TABLE, "Chỉ nhận"), ("a.csv", "một dòng", "không có dòng số liệu"), ("a.csv", "a\0b\n1", "CSV"),
     ("a.csv", "a;b\n" + "1;2\n" * 5_001, "hơn 5000 dòng")],
)  # fmt: skip
def test_what_is_no_table_is_refused(world, name, content, words):
    with pytest.raises(Refused, match=words):
        file(world, content, name=name)


def test_an_excel_file_is_read_and_its_formulas_are_not_calculated(world):
    indicator(world)
    book = openpyxl.Workbook()
    for row in (["Đơn vị", "Tháng", "Số liệu"], ["T.BTC", "10/2026", 15], ["T.XA", "10/2026", "=1+1"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    with acting_as(by(world, "secretary")):
        held = services.read_file("so.xlsx", content.getvalue(), by=by(world, "secretary"), at=NOW)
    assert mapped(world, held)[0] == [15]


def test_a_mapping_beyond_the_file_is_refused(world):
    indicator(world)
    held = file(world, who="secretary")
    for wrong in (Mapping(CODE, unit=0, period=1, value=9), Mapping(CODE), Mapping("KHÔNG", unit=0, period=1, value=2)):
        with pytest.raises(Refused):
            mapped(world, held, wrong)


def test_a_file_is_its_bringers_alone_by_raw_sql(world):
    file(world)
    for who in world.people():
        with acting_as(by(world, who)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM analytics_datafile")
            assert bool(cursor.fetchone()[0]) is (who == "chief"), who
    with acting_as(by(world, "chief")):
        assert DataFile.objects.count() == 1

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from congso.lib.vietnamese import canonical_tones

FOLDER = Path(__file__).resolve().parents[1]
FUNCTIONS = {"archivists", "staff", "leaders", "clerks", "chiefs", "trackers", "secrecy_officers"}


def read(name: str) -> dict[str, list[dict]]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tree() -> dict[str, dict]:
    rows = read("organizations.json")["organizations"]
    assert len({row["code"] for row in rows}) == len(rows)
    return {row["code"]: row for row in rows}


def test_there_are_exactly_99_communes_of_which_10_are_wards(tree):
    communes = [row for row in tree.values() if row["kind"] == "commune" and row["valid_to"] is None]
    assert len(communes) == 99
    assert sum(row["name"].startswith("Phường ") for row in communes) == 10
    assert len({row["official_code"] for row in communes}) == 99


def test_every_former_commune_went_into_exactly_one_new_one_that_keeps_one_of_its_codes(tree):
    former = {code for code, row in tree.items() if row["kind"] == "commune" and row["valid_to"]}
    communes = [row for row in tree.values() if row["kind"] == "commune" and row["valid_to"] is None]
    heirs = Counter(code for row in communes for code in row["predecessors"])
    assert len(former) == 319
    assert set(heirs) == former
    assert set(heirs.values()) == {1}
    assert all(f"CU.XA.{row['official_code']}" in row["predecessors"] for row in communes)


def test_parents_come_first_and_contain_the_life_of_their_children(tree):
    seen: set[str] = set()
    for code, row in tree.items():
        if row["parent"]:
            parent = tree[row["parent"]]
            assert row["parent"] in seen
            assert parent["valid_from"] <= row["valid_from"]
            assert (parent["valid_to"] or "9999") >= (row["valid_to"] or "9999")
        seen.add(code)


def test_commune_party_committees_hang_directly_under_the_provincial_committee(tree):
    committees = [row for row in tree.values() if row["kind"] == "commune_committee"]
    assert len(committees) == 99
    assert {row["parent"] for row in committees} == {"LC.TU"}


def test_each_committee_of_the_platform_is_served_by_one_office_under_it(tree):
    serving = {row["serves"]: row for row in tree.values() if row["serves"]}
    communes = {code for code, row in tree.items() if row["kind"] == "commune_committee"}
    assert set(serving) == {"LC.TU"} | communes
    assert all(office["is_office"] and office["parent"] == served for served, office in serving.items())
    assert not any(tree[served]["is_office"] for served in serving)


def test_events_say_the_same_as_the_predecessors_of_each_organization(tree):
    told = {
        (old, new)
        for event in read("organizations.json")["events"]
        for old in event["predecessors"]
        for new in event["successors"]
    }
    assert told == {(old, code) for code, row in tree.items() for old in row["predecessors"]}
    for event in read("organizations.json")["events"]:
        assert all(tree[old]["valid_to"] == event["effective_on"] for old in event["predecessors"])
        assert all(tree[new]["valid_from"] == event["effective_on"] for new in event["successors"])


def test_terms_of_a_committee_follow_one_another_without_gap(tree):
    terms = read("terms.json")["terms"]
    assert all(term["organization"] in tree for term in terms)
    for earlier, later in pairwise(terms):
        assert earlier["valid_to"] == later["valid_from"]


def test_people_hold_posts_that_exist_and_have_distinct_names(tree):
    data = read("people.json")
    posts = {(post["organization"], post["name"]): post for post in data["posts"]}
    assert len(posts) == len(data["posts"])
    assert all(post["organization"] in tree and set(post["functions"]) <= FUNCTIONS for post in data["posts"])
    names = [person["full_name"] for person in data["people"]]
    users = [person["username"] for person in data["people"]]
    assert len(set(names)) == len(names)
    assert len(set(users)) == len(users)
    for person in data["people"]:
        assert person["posts"]
        assert all((held["organization"], held["post"]) in posts for held in person["posts"])


def test_every_commune_has_a_secretary_and_a_clerk_as_posts_and_six_are_staffed(tree):
    data = read("people.json")
    posts = {(post["organization"], post["name"]) for post in data["posts"]}
    held = {(post["organization"], post["post"]) for person in data["people"] for post in person["posts"]}
    staffed = 0
    for code in (code for code, row in tree.items() if row["kind"] == "commune_committee"):
        wanted = {(code, "Bí thư Đảng ủy"), (f"{code}.VP", "Văn thư")}
        assert wanted <= posts
        staffed += wanted <= held
    assert staffed >= 6


@pytest.mark.parametrize("function", ["leaders", "clerks"])
def test_every_provincial_agency_of_the_demo_has_a_leader_and_a_clerk(tree, function):
    data = read("people.json")
    functions = {(post["organization"], post["name"]): post["functions"] for post in data["posts"]}
    served = {
        post["organization"]
        for person in data["people"]
        for post in person["posts"]
        if function in functions[(post["organization"], post["post"])]
    }
    kinds = {"agency", "front", "mass_organization", "committee"}
    provincial = {
        code
        for code, row in tree.items()
        if code.startswith("LC.")
        and row["kind"] in kinds
        and row["is_office"]
        and row["parent"] in {None, "LC.TU", "LC.MTTQ"}
    }
    assert provincial <= served


# The 99 units of the national list (Quyết định 19/2025/QĐ-TTg), written down apart from the catalogue they check.
WARDS = (
    "02647 Lào Cai · 02671 Cam Đường · 03006 Sa Pa · 04252 Yên Bái · 04273 Nam Cường · 04279 Văn Phú · 04288 "
    "Nghĩa Lộ · 04543 Âu Lâu · 04663 Trung Tâm · 04681 Cầu Thia "
)
COMMUNES = (
    "02680 Hợp Thành · 02683 Bát Xát · 02686 A Mú Sung · 02695 Trịnh Tường · 02701 Y Tý · 02707 Dền Sáng · 02725 "
    "Bản Xèo · 02728 Mường Hum · 02746 Cốc San · 02752 Pha Long · 02761 Mường Khương · 02782 Cao Sơn · 02788 Bản "
    "Lầu · 02809 Si Ma Cai · 02824 Sín Chéng · 02839 Bắc Hà · 02842 Tả Củ Tỷ · 02848 Lùng Phình · 02869 Bản Liền "
    "· 02890 Bảo Nhai · 02896 Cốc Lầu · 02902 Phong Hải · 02905 Bảo Thắng · 02908 Tằng Loỏng · 02923 Gia Phú · "
    "02926 Xuân Quang · 02947 Bảo Yên · 02953 Nghĩa Đô · 02962 Xuân Hòa · 02968 Thượng Hà · 02989 Bảo Hà · 02998 "
    "Phúc Khánh · 03004 Ngũ Chỉ Sơn · 03013 Tả Phìn · 03037 Tả Van · 03043 Mường Bo · 03046 Bản Hồ · 03061 Võ Lao "
    "· 03076 Nậm Chày · 03082 Văn Bàn · 03085 Nậm Xé · 03091 Chiềng Ken · 03103 Khánh Yên · 03106 Dương Quỳ · "
    "03121 Minh Lương · 04303 Lục Yên · 04309 Lâm Thượng · 04336 Tân Lĩnh · 04342 Khánh Hòa · 04345 Mường Lai · "
    "04363 Phúc Lợi · 04375 Mậu A · 04381 Lâm Giang · 04387 Châu Quế · 04399 Đông Cuông · 04402 Phong Dụ Hạ · "
    "04423 Phong Dụ Thượng · 04429 Tân Hợp · 04441 Xuân Ái · 04450 Mỏ Vàng · 04456 Mù Cang Chải · 04462 Nậm Có · "
    "04465 Khao Mang · 04474 Lao Chải · 04489 Chế Tạo · 04492 Púng Luông · 04498 Trấn Yên · 04531 Quy Mông · "
    "04537 Lương Thịnh · 04564 Việt Hồng · 04576 Hưng Khánh · 04585 Hạnh Phúc · 04603 Tà Xi Láng · 04606 Trạm Tấu "
    "· 04609 Phình Hồ · 04630 Tú Lệ · 04636 Gia Hội · 04651 Sơn Lương · 04660 Liên Sơn · 04672 Văn Chấn · 04693 "
    "Cát Thịnh · 04699 Chấn Thịnh · 04705 Thượng Bằng La · 04711 Nghĩa Tâm · 04714 Yên Bình · 04717 Thác Bà · "
    "04726 Cảm Nhân · 04744 Yên Thành · 04750 Bảo Ái "
)


def listed(words: str, kind: str) -> set[tuple[str, str]]:
    return {(code, f"{kind} {name}") for code, _, name in (one.strip().partition(" ") for one in words.split("·"))}


def test_the_99_communes_are_those_of_the_national_list_code_by_code(tree):
    wanted = listed(WARDS, "Phường") | listed(COMMUNES, "Xã")
    assert len(wanted) == 99
    held = {
        (row["official_code"], canonical_tones(row["name"]))
        for row in tree.values()
        if row["kind"] == "commune" and row["valid_to"] is None
    }
    assert held == {(code, canonical_tones(name)) for code, name in wanted}


def test_the_event_of_2025_is_one_province_of_two_no_district_and_a_commune_of_every_former_one(tree):
    events = read("organizations.json")["events"]
    province = next(event for event in events if event["successors"] == ["LC.T"])
    assert province["predecessors"] == ["CU.T.10", "CU.T.15"]
    districts = {code for code, row in tree.items() if row["kind"] == "district"}
    assert len(districts) == 18
    assert {tree[code]["valid_to"] for code in districts} == {"2025-07-01"}
    closed = {code for event in events if not event["successors"] for code in event["predecessors"]}
    assert districts <= closed
    assert all(event["effective_on"] == "2025-07-01" and event["decision"] for event in events)

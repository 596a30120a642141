import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1]
FUNCTIONS = {"staff", "leaders", "clerks", "chiefs", "trackers", "secrecy_officers"}


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

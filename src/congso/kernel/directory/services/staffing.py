"""Posts and who holds them. A person comes and goes by one row; what was sent to the post stays with the post."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from congso.kernel.directory.models import Assignment, Organization, Person, Post, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services.building import DirectoryRefused, create_person, create_post
from congso.kernel.directory.services.chart import end_posts, refuse_if, require
from congso.kernel.directory.services.checking import against_standing, day_words
from congso.kernel.journal.services import write_entry


@transaction.atomic
def open_post(
    organization: Organization, *, name: str, functions: Iterable[str], on: date, by: int, at: datetime, rank: int = 100
) -> Post:
    """A new post of the organization, vacant until somebody is appointed."""
    problems = list(against_standing(organization, on))
    if not name.strip():
        problems.append("Hãy ghi tên chức vụ.")
    refuse_if(problems)
    require([organization])
    post = create_post(organization=organization, name=name.strip(), functions=functions, valid_from=on, rank=rank)
    _tell("post_opened", post, by, at, {"name": post.name, "functions": post.functions, "on": day_words(on)})
    return post


@transaction.atomic
def close_post(post: Post, *, on: date, by: int, at: datetime) -> None:
    """The post ends on the day; who holds it then holds it no more."""
    require([post.organization])
    if post.valid_to is not None or on <= post.valid_from:
        raise DirectoryRefused(f"Chức vụ {post} không kết thúc được vào ngày {day_words(on)}.")
    _refuse_later(Assignment.objects.filter(post=post), on)
    end_posts(Post.objects.filter(pk=post.pk), on)
    _tell("post_closed", post, by, at, {"on": day_words(on)})


@transaction.atomic
def enter_person(*, full_name: str, by: int, at: datetime, email: str = "", phone: str = "", code: str = "") -> Person:
    """A person the directory did not know; she sees nothing before somebody appoints her."""
    name = " ".join(full_name.split())
    if len(name.split()) < 2:
        raise DirectoryRefused("Hãy ghi đủ họ và tên.")
    if code and Person.objects.filter(code=code).exists():
        raise DirectoryRefused(f"Mã nhân sự {code} đã có.")
    person = create_person(full_name=name, email=email, phone=phone, code=code)
    _write("person_entered", 0, by, at, {"person": person.pk, "name": name})
    return person


@transaction.atomic
def correct_person(person_id: int, *, changes: Mapping[str, str], by: int, at: datetime) -> None:
    """Other values for a person's name, e-mail, telephone. The journal keeps which of them, never a value."""
    person = Person.objects.get(pk=person_id)
    for name in set(changes) & {"full_name", "email", "phone"}:
        setattr(person, name, " ".join(changes[name].split()))
    if len(person.full_name.split()) < 2:
        raise DirectoryRefused("Hãy ghi đủ họ và tên.")
    try:
        person.clean_fields()
    except ValidationError as wrong:
        raise DirectoryRefused("\n".join(wrong.messages)) from None
    person.rekey()
    columns = ("full_name", "name_key", "name_folded", "email", "phone")
    if not Person.objects.filter(pk=person_id).update(**{name: getattr(person, name) for name in columns}):
        raise DirectoryRefused(f"Bạn không quản trị {person}.")
    _write("person_corrected", 0, by, at, {"person": person_id, "changed": sorted(changes)})


@transaction.atomic
def appoint_person(
    person: Person, *, post: Post, on: date, by: int, at: datetime, kind: str = Assignment.Kind.HOLDER
) -> Assignment:
    """From the day on the person holds the post (or acts in it) and what belongs to it. Nobody appoints herself."""
    require([post.organization])
    _refuse_appointment(person, post, on, by)
    assignment = Assignment.objects.create(person=person, post=post, valid_from=on, valid_to=post.valid_to, kind=kind)
    _tell("appointed", post, by, at, {"person": person.pk, "kind": kind, "on": day_words(on)})
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, by: int, at: datetime) -> None:
    """The person no longer holds the post from the day on. One row changes; her work waits for the next holder."""
    require([assignment.post.organization])
    if not assignment.valid_from < on or (assignment.valid_to is not None and assignment.valid_to <= on):
        raise DirectoryRefused(
            f"{assignment.person} giữ chức vụ từ {day_words(assignment.valid_from)}"
            f"{' đến ' + day_words(assignment.valid_to) if assignment.valid_to else ''}; hãy chọn ngày khác."
        )
    Assignment.objects.filter(pk=assignment.pk).update(valid_to=on)
    _tell("relieved", assignment.post, by, at, {"person": assignment.person_id, "on": day_words(on)})


@transaction.atomic
def transfer_person(
    assignment: Assignment, *, to: Post, on: date, by: int, at: datetime, kind: str = Assignment.Kind.HOLDER
) -> Assignment:
    """From the day on the person holds another post instead: one row ends, one begins, no record is touched."""
    if assignment.post_id == to.pk:
        raise DirectoryRefused("Người này đang giữ chính chức vụ đó.")
    end_assignment(assignment, on=on, by=by, at=at)
    return appoint_person(assignment.person, post=to, on=on, by=by, at=at, kind=kind)


def _refuse_appointment(person: Person, post: Post, on: date, by: int) -> None:
    if person.pk == by:
        raise DirectoryRefused("Quản trị viên không tự bổ nhiệm mình.")
    if on < post.valid_from or (post.valid_to is not None and post.valid_to <= on):
        raise DirectoryRefused(f"Chức vụ {post} không có vào ngày {day_words(on)}.")
    held = Assignment.objects.filter(person=person, post=post).exclude(valid_to__lte=on)
    if held.filter(valid_on(on)).exists():
        raise DirectoryRefused(f"{person} đã giữ chức vụ này vào ngày {day_words(on)}.")
    _refuse_later(held, on)


def _refuse_later(held: Any, on: date) -> None:
    later = held.filter(valid_from__gte=on).select_related("person").order_by(F("valid_from")).first()
    if later is not None:
        raise DirectoryRefused(f"{later.person} đã được bổ nhiệm từ ngày {day_words(later.valid_from)}.")


def _tell(act: str, post: Post, by: int, at: datetime, facts: dict[str, Any]) -> None:
    _write(act, post.organization_id, by, at, {"post": post.pk, **facts})


def _write(act: str, organization_id: int, by: int, at: datetime, facts: dict[str, Any]) -> None:
    write_entry(
        act=f"directory.{act}",
        actor=f"person:{by}",
        actor_label=title_of(by, at.date()),
        at=at,
        organization_id=organization_id,
        facts=facts,
    )

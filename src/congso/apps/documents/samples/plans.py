"""Kế hoạch 16-KH/TU as a paper with its annexes, restated in our words from the plan's data."""

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from congso.apps.documents.samples.paper import Block, Heading, Layout, PageBreak, Paper, Paragraph, Table

_INTRODUCTION = (
    "Thực hiện chủ trương chuyển đổi số trong các cơ quan đảng, "
    "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch với những nội dung sau:"
)
_PURPOSES = (
    (
        "1. Đưa toàn bộ hoạt động của các cơ quan đảng, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội "
        "từ tỉnh đến 99 xã, phường lên môi trường số, thống nhất trên một nền tảng, kế thừa những gì đã có."
    ),
    (
        "2. Mỗi nhiệm vụ có một cơ quan chủ trì, có thời hạn và sản phẩm cụ thể; kết quả được theo dõi bằng "
        "chính số liệu của các hệ thống, không yêu cầu đơn vị báo cáo lại những gì hệ thống đã có."
    ),
    ("3. Bảo đảm tuyệt đối an toàn, an ninh thông tin và bí mật nhà nước; văn bản mật không xử lý trên nền tảng này."),
)
_SOLUTIONS = (
    "1. Đề cao trách nhiệm của người đứng đầu; đưa kết quả chuyển đổi số vào đánh giá hằng năm.",
    "2. Hoàn thiện quy chế quản lý, sử dụng, cập nhật dữ liệu của từng hệ thống trước khi vận hành.",
    "3. Đầu tư thiết bị, đường truyền đến xã, phường; trung tâm dữ liệu dự phòng đặt tại Văn phòng Tỉnh ủy.",
    "4. Đào tạo kỹ năng số theo vị trí việc làm; kiện toàn đội ngũ chuyển đổi số - cơ yếu.",
    "5. Bố trí kinh phí từ ngân sách và nguồn hợp pháp khác theo dự toán hằng năm.",
)


def plan16() -> Paper:
    """The plan as Tỉnh ủy would print it: about seven pages with two annex tables."""
    source = files("congso")
    plan = json.loads((source / "apps/directives/starter/plan16.json").read_text(encoding="utf-8"))
    tree = json.loads((source / "kernel/directory/starter/organizations.json").read_text(encoding="utf-8"))
    return plan_paper(plan, {row["code"]: row["short_name"] for row in tree["organizations"]})


def plan_paper(plan: Mapping[str, Any], names: Mapping[str, str]) -> Paper:
    """A paper from a plan's data; `names` gives the short name of each organization's code."""
    document = plan["document"]
    return Paper(
        layout=Layout.PARTY,
        superior="",
        issuer="TỈNH ỦY LÀO CAI",
        number=int(document["number"]),
        type_code="KH",
        issuer_code="TU",
        place="Lào Cai",
        day=date.fromisoformat(document["issued_on"]),
        type_name="KẾ HOẠCH",
        abstract=document["abstract"],
        bases=tuple(f"- Căn cứ {base};" for base in document["bases"]),
        body=(*_main_part(plan), *_annexes(plan, names)),
        authority="T/M BAN THƯỜNG VỤ",
        position="PHÓ BÍ THƯ",
        signer="Trần Thị Thí Dụ",
        recipients=(
            "Văn phòng Trung ương Đảng (để báo cáo),",
            "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh,",
            "Các đảng ủy trực thuộc Tỉnh ủy,",
            "Ủy ban MTTQ và các tổ chức chính trị - xã hội tỉnh,",
            "Lưu Văn phòng Tỉnh ủy.",
        ),
    )


def _main_part(plan: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Paragraph(_INTRODUCTION), Heading("I. MỤC ĐÍCH, YÊU CẦU")]
    blocks += [Paragraph(text) for text in _PURPOSES]
    blocks.append(Heading("II. CHỈ TIÊU"))
    for number, target in enumerate(plan["targets"], start=1):
        steps = ", ".join(f"{step['percent']}% (đến hết năm {step['due'][:4]})" for step in target["milestones"])
        blocks.append(Paragraph(f"{number}. {target['name']}: {steps}."))
    blocks.append(Heading("III. NHIỆM VỤ, GIẢI PHÁP"))
    blocks += [Paragraph(text) for text in _SOLUTIONS]
    blocks.append(Paragraph("6. Nhiệm vụ cụ thể, cơ quan chủ trì, thời gian thực hiện tại Phụ lục kèm theo."))
    blocks.append(Heading("IV. TỔ CHỨC THỰC HIỆN"))
    for number, duty in enumerate(plan["duties"], start=1):
        blocks.append(Paragraph(f"{number}. {duty['unit']}: {'; '.join(duty['duties'])}."))
    return blocks


def _annexes(plan: Mapping[str, Any], names: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [PageBreak(), Heading("PHỤ LỤC. DANH MỤC NHIỆM VỤ")]
    groups = dict.fromkeys((task["clause"].split(".")[0], task["group"]) for task in plan["tasks"])
    for roman, title in groups:
        rows = tuple(_task_row(task, names) for task in plan["tasks"] if task["clause"].split(".")[0] == roman)
        blocks.append(Heading(f"{roman}. {title}"))
        columns = ("TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm")
        blocks.append(Table(columns, rows, (6, 30, 13, 20, 13, 18)))
    return blocks


def _task_row(task: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    supporting = [names[code] for code in task["supporting"]]
    if "commune_committee" in task["supporting_kinds"]:
        supporting.append("các đảng ủy xã, phường")
    number = task["clause"].split(".")[1]
    return (
        number,
        task["content"],
        names[task["lead"]],
        ", ".join(supporting),
        task["schedule"],
        task["product"],
    )

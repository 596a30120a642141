"""Twenty-five subjects: as papers name it | as people ask | the unit counted | another matter of it | a term defined."""
# ruff: noqa: E501 - one subject a line

from dataclasses import dataclass

_LISTED = """
cấp căn cước điện tử cho đoàn viên, hội viên | làm căn cước điện tử cho hội viên | đoàn viên | lập tổ lưu động đến thôn | tổ lưu động
phát triển cây chè shan tuyết cổ thụ | bảo vệ cây chè shan tuyết | cây chè | dán mã truy xuất nguồn gốc | cây chè di sản
xây dựng nhà văn hóa thôn, bản | làm nhà văn hóa thôn | nhà văn hóa | vận động hiến đất | nhà văn hóa đạt chuẩn
đào tạo nghề cho lao động nông thôn | dạy nghề cho nông dân | học viên | liên kết với doanh nghiệp tuyển dụng | lớp nghề ngắn hạn
trồng rừng phòng hộ đầu nguồn | trồng rừng đầu nguồn | héc ta rừng | giao khoán cho cộng đồng | rừng cộng đồng
bồi dưỡng lý luận chính trị hè | học chính trị mùa hè | giáo viên | học trực tuyến theo cụm | lớp ghép cụm
kiên cố hóa kênh mương nội đồng | bê tông kênh mương | ki-lô-mét kênh | bàn giao cho hợp tác xã | kênh mẫu
khám sức khỏe người có công | khám bệnh cho người có công | người có công | cấp thuốc tại nhà | đoàn khám lưu động
chuyển đổi số hợp tác xã | đưa hợp tác xã lên môi trường số | hợp tác xã | bán hàng trên sàn điện tử | hợp tác xã số
trang bị máy quét cho cấp cơ sở | mua máy quét tài liệu | máy quét | đấu thầu tập trung | bộ thiết bị số hóa
tập huấn chữ ký số chuyên dùng | hướng dẫn dùng chữ ký số | cán bộ | cấp phát thiết bị ký | chứng thư số chuyên dùng
xóa mù chữ cho phụ nữ vùng cao | dạy chữ cho chị em vùng cao | học viên nữ | mở lớp buổi tối | lớp xóa mù buổi tối
lắp đặt đèn năng lượng mặt trời đường thôn | thắp sáng đường thôn bằng đèn mặt trời | bóng đèn | giao đoàn thanh niên quản lý | tuyến đường thanh niên
bảo tồn nghề dệt thổ cẩm | giữ nghề dệt thổ cẩm | khung dệt | trưng bày ở chợ phiên | làng nghề thổ cẩm
nuôi cá nước lạnh | phát triển cá tầm, cá hồi | lồng nuôi | kiểm soát nguồn nước | vùng nuôi an toàn
rà soát đảng viên đi làm ăn xa | quản lý đảng viên đi làm ăn xa | đảng viên | lập chi bộ sinh hoạt tạm thời | sinh hoạt tạm thời
cải tạo lớp học tạm | thay lớp học tạm | phòng học | dùng vật liệu nhẹ | phòng học lắp ghép
tuần tra đường biên, cột mốc | bảo vệ cột mốc biên giới | lượt tuần tra | phối hợp dân quân | tổ tự quản đường biên
hỗ trợ giống ngô lai vụ xuân | cấp giống ngô vụ xuân | ki-lô-gam giống | cam kết không bán giống | hộ được hỗ trợ
thu gom vỏ bao thuốc bảo vệ thực vật | gom vỏ thuốc trừ sâu | bể thu gom | đốt tập trung hằng quý | bể chứa đạt chuẩn
tủ sách pháp luật điện tử | làm tủ sách pháp luật trên mạng | đầu sách | dịch ra tiếng dân tộc | tủ sách dùng chung
giám sát đầu tư của cộng đồng | người dân giám sát công trình | công trình | công khai tại nhà văn hóa | ban giám sát cộng đồng
hiến kế cải tiến lề lối làm việc | góp sáng kiến đổi mới cách làm | sáng kiến | chấm điểm theo tháng | sáng kiến cấp cơ sở
phòng, chống rét cho gia súc | chống rét cho trâu bò | chuồng trại | dự trữ thức ăn thô | chuồng đạt chuẩn chống rét
đưa hàng Việt về vùng cao | bán hàng Việt ở vùng cao | phiên chợ | trợ giá vận chuyển | điểm bán cố định
"""
COMMUNES = (
    "Bản Liền", "Tả Van", "Nậm Chày", "Khao Mang", "Púng Luông", "Chế Tạo", "Lao Chải", "Nghĩa Lộ", "Gia Hội",
    "Sơn Lương", "Tú Lệ", "Phong Dụ", "Mỏ Vàng", "Châu Quế", "Lâm Giang", "Cảm Nhân", "Yên Thành", "Bảo Ái",
    "Hưng Khánh", "Quy Mông", "Lương Thịnh", "Việt Hồng", "Xuân Ái", "Khánh Hòa", "Phúc Lợi",
)  # fmt: skip
BODIES = (
    "Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", "Văn phòng Tỉnh ủy",
    "Ban Nội chính Tỉnh ủy", "Đảng ủy Ủy ban nhân dân tỉnh", "Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh",
)  # fmt: skip
SIGNERS = (
    "Hoàng Thị Minh Hà", "Vàng A Páo", "Nguyễn Đức Toàn", "Lò Văn Thắng", "Giàng Seo Dính", "Trần Quốc Bảo",
    "Phạm Thu Hiền",
)  # fmt: skip
TROUBLES = (
    "đường vào thôn sạt lở nên vật tư chưa chở đến", "người đi làm ăn xa chưa trở về đăng ký",
    "vốn đối ứng của hộ dân còn chậm", "mạng viễn thông ở ba thôn còn chập chờn", "cán bộ theo dõi vừa chuyển công tác",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One subject in the words of papers and of people."""

    name: str
    asked: str
    unit: str
    other: str
    term: str


def subjects() -> list[Subject]:
    """All of them, in order."""
    return [Subject(*(part.strip() for part in line.split("|"))) for line in _LISTED.strip().splitlines()]

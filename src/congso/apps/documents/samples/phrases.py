"""Words from which invented papers are written. Kept apart so that the writers stay short."""

PLACES = (
    "phường Lào Cai",
    "phường Cam Đường",
    "phường Sa Pa",
    "phường Yên Bái",
    "phường Nghĩa Lộ",
    "xã Bát Xát",
    "xã Mường Khương",
    "xã Si Ma Cai",
    "xã Bắc Hà",
    "xã Bảo Thắng",
    "xã Bảo Yên",
    "xã Văn Bàn",
    "xã Y Tý",
    "xã Mù Cang Chải",
    "xã Trạm Tấu",
    "xã Lục Yên",
    "xã Trấn Yên",
    "xã Thác Bà",
    "xã Tú Lệ",
    "xã Púng Luông",
)
SUBJECTS = (
    "chuyển đổi số trong các cơ quan đảng",
    "số hóa hồ sơ, tài liệu lưu trữ",
    "phòng, chống thiên tai và tìm kiếm cứu nạn",
    "xây dựng nông thôn mới",
    "giảm nghèo bền vững",
    "phát triển du lịch cộng đồng",
    "bảo vệ và phát triển rừng",
    "cải cách thủ tục hành chính trong Đảng",
    "bồi dưỡng lý luận chính trị",
    "chăm sóc sức khỏe Nhân dân",
    "an toàn thông tin mạng",
    "phát triển kinh tế cửa khẩu",
    "phát triển cây quế, cây chè",
    "xóa nhà tạm, nhà dột nát",
    "công tác khuyến học, khuyến tài",
    "bảo đảm trật tự an toàn giao thông",
    "quản lý đất đai, tài nguyên, môi trường",
    "thực hành tiết kiệm, chống lãng phí",
    "phát triển đảng viên ở thôn, bản",
    "giám sát và phản biện xã hội",
)
GOALS = (
    "hoàn thành 100% chỉ tiêu được giao trước ngày 30 tháng 11",
    "nâng tỷ lệ hồ sơ xử lý trực tuyến lên 80%",
    "rút ngắn thời gian xử lý văn bản xuống còn hai ngày làm việc",
    "mỗi thôn, bản có ít nhất một mô hình hay, cách làm hiệu quả",
    "giảm tỷ lệ hộ nghèo bình quân 4% mỗi năm",
    "phủ sóng di động đến tất cả các điểm dân cư",
    "tổ chức tập huấn cho toàn bộ cán bộ văn phòng cấp ủy",
    "rà soát, làm sạch dữ liệu trước khi bàn giao",
)
ACTIONS = (
    "Tiếp tục quán triệt sâu sắc trong cán bộ, đảng viên và các tầng lớp Nhân dân về {subject}",
    "Rà soát, bổ sung kế hoạch {subject} trên địa bàn {place}, bảo đảm sát thực tế và có lộ trình cụ thể",
    "Phân công rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm trong {subject}",
    "Tăng cường kiểm tra, giám sát việc {subject}; kịp thời biểu dương nơi làm tốt, nhắc nhở nơi làm chậm",
    "Bố trí nguồn lực, lồng ghép các chương trình để {goal}",
    "Phấn đấu {goal}; định kỳ hằng quý đánh giá, rút kinh nghiệm",
    "Phát huy vai trò của Mặt trận Tổ quốc và các tổ chức chính trị - xã hội trong {subject}",
    "Giao {place} làm điểm về {subject}, sau sáu tháng tổ chức sơ kết để nhân rộng",
    "Đẩy mạnh ứng dụng công nghệ thông tin, gắn {subject} với công tác tham mưu, tổng hợp",
    "Khắc phục những hạn chế đã được chỉ ra, trước hết là việc chậm báo cáo và số liệu chưa thống nhất",
)
SIGNERS = (
    "Nguyễn Văn Mẫu",
    "Trần Thị Thí Dụ",
    "Lê Hư Cấu",
    "Phạm Giả Định",
    "Hoàng Thị Minh Họa",
    "Vũ Văn Mô Phỏng",
)


def sentence_case(text: str) -> str:
    """The first letter large, the others as they are (names inside keep theirs)."""
    return text[:1].upper() + text[1:]

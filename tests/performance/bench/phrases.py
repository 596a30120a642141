"""The words of Party and office papers from which the corpus is made, written for this purpose."""

TYPES = ("Công văn", "Nhiệm vụ", "Kế hoạch", "Thông báo kết luận", "Đơn thư")
OPENINGS = (
    "Kế hoạch thực hiện",
    "Báo cáo kết quả",
    "Thông báo kết luận về",
    "Công văn chỉ đạo",
    "Tờ trình đề nghị",
    "Hướng dẫn triển khai",
    "Quyết định ban hành",
    "Chương trình hành động",
    "Chỉ thị tăng cường",
    "Quy định về",
)
HEAD = tuple(
    phrase.strip()
    for phrase in """
tỉnh ủy; ban thường vụ; cấp ủy; tổ chức đảng; đảng viên; ủy ban nhân dân; hội đồng nhân dân; mặt trận tổ quốc;
thực hiện; triển khai; nhiệm vụ; giải pháp; lãnh đạo; chỉ đạo; kiểm tra giám sát; công tác xây dựng đảng;
hệ thống chính trị; nghị quyết; kế hoạch; kết luận; báo cáo; đề nghị; căn cứ; trên địa bàn tỉnh;
các cơ quan đơn vị; các xã phường; thời gian tới; nâng cao; chất lượng; hiệu quả;
trách nhiệm của người đứng đầu; phối hợp; tham mưu; tổng hợp; định kỳ hằng tháng; trước ngày; theo quy định;
đúng tiến độ; tiếp tục; tăng cường; phát huy; vai trò; cán bộ công chức; tuyên truyền; vận động; nhân dân;
các tầng lớp; đại đoàn kết; khối đại đoàn kết toàn dân tộc; phản biện xã hội; giám sát; dân chủ; cơ sở; chi bộ;
đảng bộ; sinh hoạt; học tập; tư tưởng; đạo đức; phong cách; Hồ Chí Minh; chuyển đổi số; ứng dụng;
công nghệ thông tin; dữ liệu; phần mềm; hạ tầng; an toàn; bảo mật; đồng bộ; liên thông; hồ sơ; văn bản; văn thư;
lưu trữ; điều hành; cải cách hành chính; thủ tục; dịch vụ công; trực tuyến; phát triển kinh tế; xã hội;
quốc phòng; an ninh; trật tự; đối ngoại; biên giới; vùng cao; đồng bào; dân tộc thiểu số; giảm nghèo; bền vững;
nông thôn mới; nông nghiệp; du lịch; cửa khẩu; thương mại; đầu tư; xây dựng; giao thông; tài nguyên; môi trường;
giáo dục; đào tạo; y tế; văn hóa; thể thao; lao động; việc làm; chính sách; người có công; ngân sách; dự toán;
kinh phí; quyết toán; tài sản; thanh tra; tiếp công dân; khiếu nại; tố cáo; kiến nghị; phản ánh;
phòng chống tham nhũng; tiêu cực; lãng phí; nội chính; tư pháp; bầu cử; đại hội; nhiệm kỳ; nhân sự; quy hoạch;
bổ nhiệm; luân chuyển; đánh giá; xếp loại; thi đua; khen thưởng; kỷ luật; sáp nhập; sắp xếp; tổ chức bộ máy;
tinh gọn; chính quyền địa phương hai cấp; thôn bản; tổ dân phố; hội nghị; họp giao ban; chương trình; đề án;
quy chế; hướng dẫn; tài liệu; tập huấn; khảo sát; sơ kết; tổng kết; rút kinh nghiệm; khắc phục; hạn chế;
tồn tại; nguyên nhân
""".replace("\n", " ").split(";")
)
WORKS = (
    "rà soát",
    "xây dựng",
    "hoàn thiện",
    "bổ sung",
    "tổ chức",
    "đôn đốc",
    "thẩm định",
    "kiểm tra",
    "giám sát",
    "đánh giá",
    "tổng kết",
    "sơ kết",
    "quản lý",
    "nâng cấp",
    "mở rộng",
    "phân bổ",
    "thống kê",
    "số hóa",
    "công khai",
    "bảo vệ",
    "phục hồi",
    "khai thác",
    "chuẩn hóa",
    "kết nối",
    "bàn giao",
)
SUBJECTS = (
    "trường bán trú",
    "tuyến đường liên thôn",
    "kho lưu trữ",
    "trạm y tế",
    "cơ sở dữ liệu đảng viên",
    "quỹ đất",
    "rừng phòng hộ",
    "nhà văn hóa",
    "chợ phiên",
    "cầu treo",
    "đập thủy lợi",
    "vùng chè",
    "đàn gia súc",
    "hợp tác xã",
    "bãi đỗ xe",
    "mạng nội bộ",
    "chữ ký số",
    "hộ nghèo",
    "lớp xóa mù chữ",
    "đội văn nghệ",
    "trung tâm hành chính",
    "quỹ vì người nghèo",
    "khu tái định cư",
    "đường điện",
    "cụm công nghiệp",
    "lễ hội xuân",
    "di tích",
    "bến xe",
    "cột mốc",
    "nguồn nước",
    "phòng học",
    "sổ tay",
    "thư viện",
    "bảo tàng",
    "vườn ươm",
    "làng nghề",
    "nhà công vụ",
    "trạm phát sóng",
    "hồ chứa",
    "bếp ăn tập thể",
)
_ONSETS = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "nh", "ph", "s", "t", "th", "tr", "v", "x", "r")
_RIMES = (
    "an",
    "án",
    "ản",
    "ạn",
    "ào",
    "áo",
    "ạc",
    "ác",
    "ai",
    "ái",
    "âm",
    "ấm",
    "ấn",
    "ận",
    "ầu",
    "ẩu",
    "ăng",
    "ắng",
    "ặt",
    "ắt",
    "ảnh",
    "ánh",
    "eo",
    "éo",
    "én",
    "ẹn",
    "êu",
    "ếu",
    "ếch",
    "iên",
    "iến",
    "iểu",
    "iếu",
    "ính",
    "ịnh",
    "oa",
    "oan",
    "oán",
    "oát",
    "oạt",
    "òng",
    "óng",
    "ông",
    "ống",
    "ơi",
    "ới",
    "ợp",
    "ớp",
    "ua",
    "ùa",
    "uấn",
    "uẩn",
    "ưng",
    "ứng",
    "ước",
    "ược",
    "ương",
    "ưởng",
    "ượt",
    "ướt",
    "uyên",
    "uyển",
    "uyết",
    "uyệt",
    "út",
    "ụt",
    "ẽo",
    "ĩnh",
    "ỗ",
    "ữa",
    "ịch",
    "ẹp",
    "ỏi",
    "ùng",
)
SYLLABLES = [onset + rime for onset in _ONSETS for rime in _RIMES]

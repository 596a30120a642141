"""Who and what both sides of the walk call by name."""

OURS, THEIRS = "A38.01", "H38.02"
THEIR_NAME = "Văn phòng Tỉnh ủy thứ hai"
SIGNER = "Lê Mẫu Bí Thư"
OFFICE = "Văn phòng Tỉnh ủy Thử Nghiệm"
SEAL = "con-dau"

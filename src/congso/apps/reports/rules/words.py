"""What a cell that cannot be taken is told; the browser gets these very sentences."""

WORDS = {
    "formula": "Ô này chỉ nhận số, không nhận công thức.",
    "not_a_number": "“{raw}” không phải là số. Chỉ ghi số, không ghi chữ và đơn vị tính.",
    "ambiguous": "“{raw}” có thể hiểu hai cách: dấu phẩy là dấu thập phân. Nếu là số nghìn hãy ghi {as_whole}.",
    "decimals": "Số này có nhiều nhất {decimals} chữ số thập phân.",
    "too_large": "Số quá lớn: nhiều nhất 15 chữ số trước dấu phẩy.",
    "required": "Chưa có số liệu ở ô bắt buộc. Nếu không phát sinh, hãy ghi 0.",
    "text_required": "Chưa viết phần bắt buộc này.",
    "too_long": "Dài quá {most} ký tự.",
    "least": "Không nhỏ hơn {least}.",
    "most": "Không lớn hơn {most}.",
    "at_most": "{left} = {left_sum}, lớn hơn {right} = {right_sum}.",
    "equals": "{left} = {left_sum}, phải bằng {right} = {right_sum}.",
    "change": "Kỳ trước là {last}, kỳ này {now}: thay đổi hơn {percent}%. Hãy kiểm tra lại.",
}

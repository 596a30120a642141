"""Analytics (S33, S38, first parts): the catalogue of indicators with their series, and dashboards of saved questions.

An *indicator* (chỉ tiêu thống kê) and its figures live in the kernel; here people define them, bring figures in from
CSV and Excel files with a mapping and a list of what was refused, look at series, compare units and periods, and see a
*forecast* only with the error it had in the past. A *dashboard* (bảng số liệu) is put together from *questions* (câu
hỏi): what is counted, how it is narrowed, grouped and drawn. It is shared by audience; every figure is counted with the
rights of who looks, says so, and opens its records.
"""

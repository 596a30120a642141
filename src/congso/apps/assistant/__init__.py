"""Assistant (S39): a question in Vietnamese is answered from what the asker may read, every statement with its place.

An *answer* (câu trả lời) is made of *statements* (ý trả lời), each with *citations* (trích dẫn): a record, its symbol,
the page or clause and the exact words. After the answer is made every citation is compared with the stored text; a
statement that fails is not shown. “Không tìm thấy” is an answer. The default engine needs no model: it finds passages,
chooses sentences and takes numbers, days and names out of them (`rules`). A generator is any endpoint of the
OpenAI-compatible protocol the operator names; what it says passes the same check. Documents are data, never orders.
"""

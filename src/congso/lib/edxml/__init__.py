"""edXML, the packet in which agencies send each other documents (QCVN 102:2016/BTTTT, amendment 1:2022).

`writing` is strict: what the standard does not allow is not written. `reading` is tolerant of the dialects found on the
wire and of nothing else: every packet ends as a packet or as a `Refusal` with a code and a reason in Vietnamese.
"""

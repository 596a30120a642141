"""Administrative procedures (S46): what Party bodies settle for people and organizations, published and asked for.

A *procedure* (thủ tục) lives in editions: drafted, approved, published by a decision, replaced or ended. What is
published is a row of its own that everybody may read. A *case* (hồ sơ thủ tục) is one application: taken in with a
receipt, passed through steps that may lie with several bodies, each with its own clock, beside one total for the
applicant. Clocks stop while papers are awaited. Only a procedure with a publishing decision in force takes cases.
"""

"""Directives (S08): a clause of a resolution or plan becomes tasks that people accept, report and confirm.

A *task* (nhiệm vụ) has exactly one lead unit (chủ trì), any number of supporting units (phối hợp), a source
and a deadline, or a reason why it has none. The assigning office (nơi giao) confirms completion; the lead
never does. Late is computed from the dates, never stored. A recurring task opens one task a period.
"""

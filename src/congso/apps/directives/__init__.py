"""Directives (S08): a clause of a resolution or plan becomes tasks that people accept, report and confirm."""

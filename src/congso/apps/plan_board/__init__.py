"""The plan board (S09): a plan of the committee as a tree of goals, targets, solutions and tasks, followed by figures.

A *plan* (kế hoạch) is drafted, put in force by leaders and closed. Its *items* (mục) form a tree; a *target* (chỉ tiêu)
has *milestones* (mốc): a value per day by which it must be reached. It is measured by a measure a system declares, by
an indicator reports fill, or by a person with evidence; every *figure* (số đo) keeps what it was counted from. The
*outlook* (triển vọng) follows from milestones and figures by a rule stated on the page. Tasks are other systems'
records that name the plan, or the paper it is, as their source. *Matters* (kiến nghị) wait for the steering committee,
whose monthly *pack* (tài liệu họp) is made from all of this.
"""

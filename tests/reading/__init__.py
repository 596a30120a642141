"""How well papers and plans are read: invented ones as offices really print and scan them, and the scores.

`papers` says what a specimen paper consists of; `specimens` and `unseen` are the set of 60, the latter written
after the rules; `printing` and `scanning` make the files; `scoring` compares fields. The eleven plans with the tasks
a careful reader finds in them stand in `plans`, their files in `plan_files`, their scores in `plan_scores`.
`make bench` reads all, the tests a few.
"""

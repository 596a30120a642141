"""Dossiers and the archive (S06): a year's list of dossiers, dossiers filled while work goes on, handed over, kept.

A *dossier* (hồ sơ) collects documents of any system; whoever sees it does not thereby see a document she may not.
Closed with its list of documents and pages it is read-only; the archive accepts it and keeps the files itself.
Retention is computed, disposal needs a council and a decision, and “vĩnh viễn” is never disposed of. Law: 33/2024/QH15;
05/2025/TT-BNV as technical profile (domain handbook, office 5).
"""

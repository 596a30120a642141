"""What the assistant asks: where answers may stand (`reading`), what was asked before (`talking`), what a leader should
look at (`briefing`). Row-level security is under every one of them.
"""

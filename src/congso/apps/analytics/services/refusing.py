"""Why something cannot be done."""


class Refused(Exception):
    """It is not possible; the message tells the person why, in Vietnamese."""

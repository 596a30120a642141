from procrastinate.contrib.django import app

from congso.kernel.journal.services import seal_journal


@app.periodic(cron="* * * * * */5")
@app.task(name="congso.seal_journal", queueing_lock="seal_journal")
def seal(timestamp: int) -> None:
    """Seal what has settled since the last time."""
    while seal_journal():
        pass

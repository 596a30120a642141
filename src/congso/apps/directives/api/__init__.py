"""REST for tasks and for readings of documents: the same services as the screens."""

from ninja import Router

from congso.apps.directives.api import calendar, readings, tasks

router = Router()
router.add_router("", tasks.router)
router.add_router("", calendar.router)
router.add_router("/readings", readings.router)

"""The calendar for other software: a file to subscribe to, and reading by CalDAV, both with a personal token."""

from ninja import Router

from congso.apps.schedule.api import caldav, feed

router = Router()
router.add_router("", feed.router)
router.add_router("/dav", caldav.router)

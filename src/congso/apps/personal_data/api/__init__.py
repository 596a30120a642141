"""REST: the register of processing, who saw my data, requests and their answers, breaches and their reports."""

from ninja import Router

from congso.apps.personal_data.api import breaches, requests

router = Router()
router.add_router("", requests.router)
router.add_router("", breaches.router)

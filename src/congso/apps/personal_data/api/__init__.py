"""REST: the register of processing, who saw my data, requests and their answers, breaches and their reports, impact
assessments, consents."""

from ninja import Router

from congso.apps.personal_data.api import assessments, breaches, consents, requests

router = Router()
router.add_router("", requests.router)
router.add_router("", breaches.router)
router.add_router("", assessments.router)
router.add_router("", consents.router)

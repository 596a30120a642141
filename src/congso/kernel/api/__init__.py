"""REST for the acts the screens offer: the same services, the same permissions, described by OpenAPI.

A system puts a django-ninja `router` into its `api.py`; it appears under /api/v1/<system>/.
"""

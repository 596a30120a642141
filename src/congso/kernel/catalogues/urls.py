"""Open data: the only addresses of code lists that need no sign-in."""

from django.urls import path, re_path

from congso.kernel.catalogues import open_data

app_name = "open_data"
urlpatterns = [
    path("du-lieu-mo/danh-muc/", open_data.index, name="catalogues"),
    re_path(r"^du-lieu-mo/danh-muc/(?P<code>[-a-zA-Z0-9_]{1,60})\.(?P<kind>csv|json)$", open_data.catalogue,
            name="catalogue"),
]  # fmt: skip

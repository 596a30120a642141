"""Addresses: allauth's sign-in, then what every kernel package and system announces."""

from django.urls import include, path

from congso.kernel.manifest.registry import discovered_urls

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    *discovered_urls(),
]
handler400 = "congso.kernel.web.views.bad_request"
handler403 = "congso.kernel.web.views.forbidden"
handler404 = "congso.kernel.web.views.not_found"
handler500 = "congso.kernel.web.views.server_error"

"""Addresses: what every kernel package and system announces."""

from congso.kernel.manifest.registry import discovered_urls

urlpatterns = discovered_urls()
handler400 = "congso.kernel.web.views.bad_request"
handler403 = "congso.kernel.web.views.forbidden"
handler404 = "congso.kernel.web.views.not_found"
handler500 = "congso.kernel.web.views.server_error"

"""The addresses of sign-in: exactly these of allauth's pages are served."""

from allauth.account import views as account
from allauth.idp.oidc import views as idp
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path
from django.views.generic import RedirectView

from congso.kernel.accounts import factor_views as ours
from congso.kernel.accounts import federation_views as federation
from congso.kernel.accounts import provider_views as provider
from congso.kernel.accounts import token_views, views

_ACCOUNT = [
    path("login/", ours.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("password/change/", ours.ChangePassword.as_view(), name="account_change_password"),
    path("xac-minh/", account.reauthenticate, name="account_reauthenticate"),
    path("phien/", views.sessions, name="usersessions_list"),
    path("phien/ket-thuc/", views.end_session, name="end_session"),
    path("ma-truy-cap/", token_views.tokens, name="api_tokens"),
    path("ma-truy-cap/moi/", token_views.new_token, name="new_api_token"),
    path("ma-truy-cap/<int:pk>/thu-hoi/", token_views.revoke, name="revoke_api_token"),
]
_FACTORS = [
    path("bao-mat/", ours.Security.as_view(), name="mfa_index"),
    path("buoc-hai/", factors.authenticate, name="mfa_authenticate"),
    path("buoc-hai/tin-cay/", factors.trust, name="mfa_trust"),
    path("xac-minh/ma/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("xac-minh/khoa/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("ung-dung/", ours.AddApp.as_view(), name="mfa_activate_totp"),
    path("ung-dung/bo/", ours.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("ma-khoi-phuc/", ours.ShowRecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("ma-khoi-phuc/moi/", ours.RenewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("khoa/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("khoa/them/", ours.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("khoa/<int:pk>/ten/", ours.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("khoa/<int:pk>/bo/", ours.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

_OTHER_PROVIDERS = [
    path("dinh-danh/", federation.linked, name="socialaccount_connections"),
    path("dinh-danh/<int:pk>/bo/", federation.unlink, name="unlink_identity"),
    path("dinh-danh/thoi-cho-phep/", federation.take_back, name="take_back_identity"),
    path("dinh-danh/thoi/", federation.cancelled, name="socialaccount_login_cancelled"),
    path("dinh-danh/<slug:provider_id>/di/", federation.start, name="openid_connect_login"),
    path("dinh-danh/<slug:provider_id>/ve/", federation.come_back, name="openid_connect_callback"),
]
_PROVIDER = [
    path(".well-known/openid-configuration", provider.Description.as_view(), name="configuration"),
    path(".well-known/jwks.json", provider.Keys.as_view(), name="jwks"),
    path("identity/o/authorize", provider.Authorize.as_view(), name="authorization"),
    path("identity/o/logout", provider.SignOut.as_view(), name="logout"),
    path("identity/o/api/token", idp.token, name="token"),
    path("identity/o/api/revoke", idp.revoke, name="revoke"),
    path("identity/o/api/userinfo", idp.user_info, name="userinfo"),
    path("identity/o/api/device/code", provider.not_offered, name="device_code"),
]

urlpatterns = [
    path("tai-khoan/", include([*_ACCOUNT, *_FACTORS, *_OTHER_PROVIDERS])),
    path("", include(([path("", include((_PROVIDER, "oidc")))], "idp"))),
]

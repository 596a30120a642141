"""The addresses of sign-in: exactly these of allauth's pages are served."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path
from django.views.generic import RedirectView

from congso.kernel.accounts import factor_views as ours
from congso.kernel.accounts import views

_ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("password/change/", ours.ChangePassword.as_view(), name="account_change_password"),
    path("xac-minh/", account.reauthenticate, name="account_reauthenticate"),
    path("phien/", views.sessions, name="usersessions_list"),
    path("phien/ket-thuc/", views.end_session, name="end_session"),
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

urlpatterns = [path("tai-khoan/", include([*_ACCOUNT, *_FACTORS]))]

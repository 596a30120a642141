from django.urls import path

from congso.apps.packets.views import acting, showing

app_name = "packets"
urlpatterns = [
    path("", showing.stuck, name="stuck"),
    path("tat-ca/", showing.every, name="every"),
    path("<int:pk>/", showing.packet, name="packet"),
    path("<int:pk>/tiep-nhan/", acting.accept, name="accept"),
    path("<int:pk>/dong-y/", acting.agree, name="agree"),
    path("<int:pk>/tu-choi/", acting.refuse, name="refuse"),
    path("<int:pk>/bao/", acting.report, name="report"),
    path("<int:pk>/gui-lai/", acting.retry, name="retry"),
    path("<int:pk>/dung-chung-thu/", acting.confirm_signer, name="confirm_signer"),
    path("<int:pk>/kiem-tra-chu-ky/", acting.recheck, name="recheck"),
    path("<int:pk>/thoi/", acting.give_up, name="give_up"),
]

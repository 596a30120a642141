from django.urls import path

from congso.apps.party_papers.views import drafting, reading

app_name = "party_papers"
urlpatterns = [
    path("", reading.index, name="index"),
    path("tap/", reading.volumes, name="volumes"),
    path("tap/doc/", reading.volume, name="volume"),
    path("doc/<int:pk>/", reading.edition, name="edition"),
    path("doc/<int:pk>/lich-su/", reading.history, name="history"),
    path("soan/", drafting.papers, name="papers"),
    path("soan/moi/", drafting.new, name="new"),
    path("soan/<int:pk>/", drafting.detail, name="detail"),
    path("soan/<int:pk>/sua/", drafting.edit, name="edit"),
    path("soan/<int:pk>/tep/", drafting.add_file, name="add-file"),
    path("soan/<int:pk>/doc-quan-he/", drafting.read_relations, name="read-relations"),
    path("soan/<int:pk>/quan-he/", drafting.add_relation, name="add-relation"),
    path("soan/<int:pk>/quan-he/<int:proposal_id>/", drafting.relation, name="relation"),
    path("soan/<int:pk>/quan-he/<int:proposal_id>/bo/", drafting.drop_relation, name="drop-relation"),
    path("soan/<int:pk>/viec/<slug:key>/", drafting.act, name="act"),
]

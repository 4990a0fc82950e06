from django.urls import path

from complaints import desk, firs, grants, preventives, status, views

app_name = "complaints"

urlpatterns = [
    path("complaints/", views.complaints, name="list"),
    path("complaints/new/", desk.register, name="register"),
    path("complaints/draft/<uuid:key>/", desk.draft, name="draft"),
    path("complaints/repeats/", desk.repeats, name="repeats"),
    path("complaints/search/", views.search, name="search"),
    path("complaints/filters/", views.filters, name="filters"),
    path("complaints/filters/save/", views.save_filter, name="save_filter"),
    path("complaints/filters/<int:pk>/drop/", views.drop_filter, name="drop_filter"),
    path("complaints/<int:pk>/grants/", grants.grants, name="grants"),
    path("complaints/<int:pk>/grants/<int:grant>/withdraw/", grants.withdraw, name="withdraw"),
    path("complaints/<int:pk>/", views.detail, name="detail"),
    path("complaints/<int:pk>/receipt/", desk.receipt, name="receipt"),
    path("complaints/<int:pk>/documents/", desk.attach, name="attach"),
    path("complaints/<int:pk>/identity/", views.read_identity, name="identity"),
    path("complaints/<int:pk>/moves/<slug:name>/", views.take_step, name="move"),
    path("documents/<int:pk>/", desk.document, name="document"),
    path("reveals/<int:pk>/<slug:name>/", views.reveal_move, name="reveal_move"),
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/<int:pk>/<slug:name>/", views.handover_move, name="handover_move"),
    path("firs/", firs.firs, name="firs"),
    path("firs/new/", firs.fir_new, name="fir_new"),
    path("firs/register/", firs.fir_register, name="fir_register"),
    path("firs/<int:pk>/", firs.fir, name="fir"),
    path("firs/<int:pk>/identity/", firs.fir_identity, name="fir_identity"),
    path("firs/<int:pk>/elsewhere/", firs.fir_elsewhere, name="fir_elsewhere"),
    path("firs/<int:pk>/documents/", firs.fir_attach, name="fir_attach"),
    path("firs/<int:pk>/moves/<slug:name>/", firs.fir_move, name="fir_move"),
    path("preventive/", preventives.preventives, name="preventives"),
    path("preventive/harassers/", preventives.harassers, name="harassers"),
    path("preventive/new/<slug:case>/<int:pk>/", preventives.preventive_new, name="preventive_new"),
    path("preventive/<int:pk>/", preventives.preventive, name="preventive"),
    path("preventive/<int:pk>/moves/<slug:name>/", preventives.preventive_move, name="preventive_move"),
    path("register/", views.print_register, name="print_register"),
    path("s/", status.status, name="status"),
    path("s/<slug:reference>/", status.status, name="status_of"),
]

from django.urls import path

from reports import today

app_name = "reports"
urlpatterns = [
    path("", today.today, name="today"),
    path("units/<int:pk>/figures/", today.unit, name="unit"),
]

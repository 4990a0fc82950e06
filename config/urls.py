from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView

from config import health
from kendras.admin import site
from kendras.jurisdiction import public, signed_in

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("i18n/setlang/", public(set_language), name="set_language"),
    path("api/schema/", signed_in(SpectacularAPIView.as_view()), name="schema"),
    path("admin/", site.urls),
    path("counselling/", include("counselling.urls")),
    path("", include("reports.urls")),
    path("", include("complaints.urls")),
    path("", include("kendras.urls")),
]

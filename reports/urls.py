from django.urls import path

from reports import meeting, monthly, today, views

app_name = "reports"
urlpatterns = [
    path("", today.today, name="today"),
    path("units/<int:pk>/figures/", today.unit, name="unit"),
    path("statements/", views.statements, name="statements"),
    path("statements/<slug:code>/", views.statement, name="statement"),
    path("monthly/", monthly.months, name="months"),
    path("monthly/build/", monthly.build, name="build"),
    path("monthly/run/<int:pk>/", monthly.run, name="run"),
    path("monthly/<int:pk>/", monthly.month, name="month"),
    path("monthly/<int:pk>/<slug:name>/", monthly.month_move, name="month_move"),
    path("meeting/", meeting.meeting, name="meeting"),
    path("meeting/directions/", monthly.directions, name="directions"),
    path("meeting/directions/<int:pk>/<slug:name>/", monthly.direction_move, name="direction_move"),
    path("units/<int:pk>/print/", meeting.ask_print, name="print"),
    path("prints/<int:pk>/", meeting.prints, name="prints"),
    path("prints/<int:pk>/file/", meeting.print_file, name="print_file"),
]

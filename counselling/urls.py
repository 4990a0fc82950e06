from django.urls import path

from counselling import counsellors, ppk, sessions

app_name = "counselling"

urlpatterns = [
    path("case/<slug:case>/<int:pk>/", sessions.case, name="case"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/<slug:case>/<int:pk>/", sessions.session_new, name="session_new"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/said/", sessions.session_said, name="session_said"),
    path("sessions/<int:pk>/moves/<slug:name>/", sessions.session_move, name="session_move"),
    path("counsellors/", counsellors.counsellors, name="counsellors"),
    path("counsellors/<int:pk>/end/", counsellors.counsellor_end, name="counsellor_end"),
    path("entrusted/", counsellors.entrustments, name="entrustments"),
    path("entrusted/new/<slug:case>/<int:pk>/", counsellors.entrust, name="entrust"),
    path("entrusted/mark/<slug:case>/<int:pk>/", counsellors.mark, name="mark"),
    path("entrusted/<int:pk>/", counsellors.entrustment, name="entrustment"),
    path("entrusted/<int:pk>/session/", counsellors.entrusted_session, name="entrusted_session"),
    path("entrusted/<int:pk>/moves/<slug:name>/", counsellors.entrustment_move, name="entrustment_move"),
    path("ppk/", ppk.ppk_cases, name="ppk_cases"),
    path("ppk/sitting/", ppk.sitting, name="sitting"),
    path("ppk/new/<slug:case>/<int:pk>/", ppk.ppk_new, name="ppk_new"),
    path("ppk/follow-ups/", ppk.follow_ups, name="follow_ups"),
    path("ppk/follow-ups/<int:pk>/moves/<slug:name>/", ppk.follow_up_move, name="follow_up_move"),
    path("ppk/<int:pk>/", ppk.ppk, name="ppk"),
    path("ppk/<int:pk>/moves/<slug:name>/", ppk.ppk_move, name="ppk_move"),
    path("ppk/<int:pk>/papers/<slug:paper>/", ppk.ppk_paper, name="ppk_paper"),
]

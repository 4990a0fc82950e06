from django.urls import path

from counselling import agencies, cases, compensations, links, referrals, telling

app_name = "counselling"

urlpatterns = [
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.agency_new, name="agency_new"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/edit/", agencies.agency_edit, name="agency_edit"),
    path("agencies/<int:pk>/assess/", agencies.agency_assess, name="agency_assess"),
    path("agencies/<int:pk>/enlarge/", agencies.agency_enlarge, name="agency_enlarge"),
    path("agencies/<int:pk>/moves/<slug:name>/", agencies.agency_move, name="agency_move"),
    path("enlargements/<int:pk>/moves/<slug:name>/", agencies.enlargement_move, name="enlargement_move"),
    path("support/<slug:case>/<int:pk>/", cases.support, name="support"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/new/<slug:case>/<int:pk>/", referrals.referral_new, name="referral_new"),
    path("referrals/<int:pk>/", referrals.referral, name="referral"),
    path("referrals/<int:pk>/handed/", referrals.referral_identity, name="referral_identity"),
    path("referrals/<int:pk>/letter/", referrals.referral_letter, name="referral_letter"),
    path("referrals/<int:pk>/moves/<slug:name>/", referrals.referral_move, name="referral_move"),
    path("referrals/<int:pk>/grants/", referrals.referral_grants, name="referral_grants"),
    path("referrals/<int:pk>/grants/<int:grant>/withdraw/", referrals.referral_withdraw, name="referral_withdraw"),
    path("referrals/<int:pk>/links/", links.referral_links, name="referral_links"),
    path("referrals/<int:pk>/links/<int:link>/revoke/", links.link_revoke, name="link_revoke"),
    path("a/", links.answer, name="answer"),
    path("a/<str:secret>/", links.answer, name="answer_of"),
    path("compensation/", compensations.compensations, name="compensations"),
    path("compensation/new/<slug:case>/<int:pk>/", compensations.compensation_new, name="compensation_new"),
    path("compensation/<int:pk>/", compensations.compensation, name="compensation"),
    path("compensation/<int:pk>/bank/", compensations.compensation_bank, name="compensation_bank"),
    path("compensation/<int:pk>/moves/<slug:name>/", compensations.compensation_move, name="compensation_move"),
    path("inform/<slug:case>/<int:pk>/", telling.inform, name="inform"),
    path("tell/<slug:case>/<int:pk>/", telling.tell, name="tell"),
    path("plan/<slug:case>/<int:pk>/", telling.plan, name="plan"),
    path("plan/<int:pk>/read/", telling.plan_read, name="plan_read"),
    path("tellings/", telling.tellings, name="tellings"),
    path("untold/", telling.untold, name="untold"),
]

from django.urls import path

from kendras import accounts, views

app_name = "kendras"

urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("password/", views.password, name="password"),
    path("charges/", views.charges, name="charges"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/edit/", views.unit_edit, name="unit_edit"),
    path("units/<int:pk>/move/", views.unit_move, name="unit_move"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:code>/", views.rule_change, name="rule_change"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/charge/", accounts.charge_new, name="charge_new"),
    path("charges/waiting/", accounts.charges_waiting, name="charges_waiting"),
    path("charges/<int:pk>/end/", accounts.charge_end, name="charge_end"),
    path("trail/", views.trail, name="trail"),
    path("look/", views.look, name="look"),
]

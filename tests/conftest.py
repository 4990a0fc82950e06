"""What every test stands on: the cast, and a database that can be emptied although it protects its trail."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from kendras.models.trail import protect_trail, unprotect_trail
from reports.models.monthly import protect_reports

pytest_plugins = ["tests.world"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables straight from the models, and on them the guards that migrations put there."""
    with django_db_blocker.unblock():
        protect_trail(connection)
        protect_reports(connection)


@pytest.fixture(autouse=True, scope="session")
def flush_may_empty_the_trail():
    """Tests with real transactions empty the tables afterwards; only then is the protection taken off for a moment."""
    empty = TransactionTestCase._fixture_teardown

    def with_the_trail_open(self):
        unprotect_trail(connection)
        try:
            empty(self)
        finally:
            protect_trail(connection)

    TransactionTestCase._fixture_teardown = with_the_trail_open
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def begins_in_hindi():
    """Each test begins in the first language, whichever the pages of the one before were asked for in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield

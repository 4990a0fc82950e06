"""A worker's application that takes its time over each part of a building: the tests kill it in the middle."""

import time

import django

from config.celery import app

django.setup()

from reports.models.monthly import MonthlyReportQuerySet  # noqa: E402 (models need the applications to be ready)

build_district = MonthlyReportQuerySet.build_district


def slowly(reports, district, month, *, at):
    build_district(reports, district, month, at=at)
    time.sleep(1)


MonthlyReportQuerySet.build_district = slowly

__all__ = ["app"]

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendras.models import Role
from reports.demo import PASSWORD, PEOPLE, make_demo


class Command(BaseCommand):
    help = "Make the demonstration accounts and complaints; not on a production system."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="only print who can sign in")

    def handle(self, *args, logins, **options):
        if not settings.EMBEDDED:
            raise CommandError("the demonstration is for KENDRA_ENV=embedded only: its password is known")
        if not logins:
            made = make_demo(timezone.now())
            self.stdout.write(f"{made} complaints made")
            return
        self.stdout.write(f"  password of all: {PASSWORD}")
        for username, role, place, name_en, name_hi in PEOPLE:
            self.stdout.write(f"  {username:<11}{name_hi} ({name_en}): {Role(role).name.lower()}, {place}")

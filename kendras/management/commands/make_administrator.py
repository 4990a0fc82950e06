from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kendras.models import Charge, Level, Role, Unit, User


class Command(BaseCommand):
    help = "Make the account of a system administrator, who then makes all others; prints its first password once."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name-hi", required=True)
        parser.add_argument("--name-en", required=True)
        parser.add_argument("--order", required=True, help="number of the order that appoints the administrator")

    def handle(self, *, username, name_hi, name_en, order, **options):
        state = Unit.objects.filter(level=Level.STATE).first()
        if state is None:
            raise CommandError("load the map first: manage.py load_map")
        if User.objects.filter(username=username).exists():
            raise CommandError(f"there is an account {username} already")
        at = timezone.now()
        user = User(username=username, name_hi=name_hi, name_en=name_en)
        first = user.give_first_password(action="user.create", by=None, at=at)
        charge = Charge(user=user, role=Role.SYSADMIN, unit=state, starts_on=timezone.localdate(at), order_number=order)
        charge.start(by=None, at=at)
        self.stdout.write(f"{username}: {first} (to be changed at the first sign-in)")

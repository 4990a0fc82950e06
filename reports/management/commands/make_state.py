from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.generator import make_state


class Command(BaseCommand):
    help = "Fill an empty PostgreSQL database with made-up complaints, for benchmarks and trials."

    def add_arguments(self, parser):
        parser.add_argument("--complaints", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=38, help="0 to 999; the same seed spreads the work alike")

    def handle(self, *args, complaints, seed, **options):
        try:
            make_state(complaints, at=timezone.now(), seed=seed)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{complaints} complaints made")

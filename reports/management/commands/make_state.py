from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.firgenerator import make_firs
from reports.generator import make_state


class Command(BaseCommand):
    help = "Fill an empty PostgreSQL database with made-up complaints and FIRs, for benchmarks and trials."

    def add_arguments(self, parser):
        parser.add_argument("--complaints", type=int, default=0, metavar="N")
        parser.add_argument("--firs", type=int, default=0, metavar="N", help="with about five clocks each")
        parser.add_argument("--seed", type=int, default=38, help="0 to 999; the same seed spreads the work alike")

    def handle(self, *args, complaints, firs, seed, **options):
        try:
            for number, make in ((complaints, make_state), (firs, make_firs)):
                if number:
                    make(number, at=timezone.now(), seed=seed)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{complaints} complaints and {firs} FIRs made")

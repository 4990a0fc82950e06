from django.core.management.base import BaseCommand

from complaints.offenceloader import load_offences


class Command(BaseCommand):
    help = "Load the offence master and the natures of complaint; what is there already is left as it is."

    def handle(self, *args, **options):
        self.stdout.write(", ".join(f"{number} {what} added" for what, number in load_offences().items()))

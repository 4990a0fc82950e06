from django.core.management.base import BaseCommand

from counselling.models import Scheme


class Command(BaseCommand):
    help = "Load the schemes of support; what is there already is left as it is."

    def handle(self, *args, **options):
        self.stdout.write(f"{Scheme.objects.load()} schemes added")

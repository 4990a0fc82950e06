from django.core.management.base import BaseCommand, CommandError

from kendras.maploader import BadRows, load_map


class Command(BaseCommand):
    help = "Load the map of the force and the rules; what is there already is left as it is."

    def handle(self, *args, **options):
        try:
            added = load_map()
        except BadRows as bad:
            raise CommandError(f"nothing was loaded:\n{bad}") from bad
        self.stdout.write(", ".join(f"{number} {what} added" for what, number in added.items()))

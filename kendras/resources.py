"""Master data as sheets: which columns go out, which may come in, and how a change gets on the trail."""

import re
from hashlib import sha256

import tablib
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field
from import_export.formats.base_formats import Format
from import_export.instance_loaders import CachedInstanceLoader
from import_export.results import RowResult
from import_export.widgets import CharWidget, DateWidget

from kendras.identity import DIGITS
from kendras.models import Entry, Kendra, Unit
from kendras.spreadsheet import csv_file, csv_lines, table, xlsx_file, xlsx_lines

# --- formats ---------------------------------------------------------------------------------------------------------


class SheetFormat(Format):
    """A kind of file, read within bounds and only where its first line names `columns`."""

    title = ""
    content_type = ""

    def __init__(self, encoding=None, columns=()):
        self.columns = columns

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.title

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    def can_export(self):
        return True

    def create_dataset(self, in_stream):
        """Raises Unreadable for a file that is not taken."""
        head, rows = table(self.lines(in_stream), self.columns)
        return tablib.Dataset(*rows, headers=head)

    def lines(self, data):
        raise NotImplementedError


class CsvFormat(SheetFormat):
    title = "csv"
    content_type = "text/csv; charset=utf-8"

    def lines(self, data):
        return csv_lines(data)

    def export_data(self, dataset, **options):
        return csv_file([dataset.headers, *dataset])


class XlsxFormat(SheetFormat):
    title = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def lines(self, data):
        return xlsx_lines(data)

    def export_data(self, dataset, **options):
        return xlsx_file([dataset.headers, *dataset], dataset.title or "1")


# --- cells -----------------------------------------------------------------------------------------------------------


def official_mobile(text):
    """A mobile number in plain digits, +91 before it if it was written so, or "". Raises ValueError for anything else."""
    number = re.sub(r"[\s-]", "", (text or "").translate(DIGITS))
    if number and not re.fullmatch(r"(\+91)?[6-9][0-9]{9}", number):
        raise ValueError(_("A mobile number has ten digits and begins with 6 to 9."))
    return number


class Mobile(CharWidget):
    def clean(self, value, row=None, **options):
        return official_mobile(super().clean(value, row, **options))


class Day(DateWidget):
    """A date as it is written in this house, or as computers write it."""

    def __init__(self):
        super().__init__("%d-%m-%Y")
        self.formats = ("%d-%m-%Y", "%Y-%m-%d")

    def clean(self, value, row=None, **options):
        try:
            return super().clean(value.translate(DIGITS) if isinstance(value, str) else value, row, **options)
        except ValueError as error:
            raise ValueError(_("Write a date like 21-09-2025.")) from error


#: line breaks, controls, and signs that turn the direction of what stands around them
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _why_not(text):
    """What is wrong with a cell as such, or ""."""
    if text.startswith(("=", "＝", "@", "＠")):
        return _("This looks like a formula; only values are taken.")
    if _UNSEEN.search(text):
        return _("There is a line break or a control sign in the cell.")
    return ""


class Change(resources.Diff):
    """Before and after of a row, cell by cell, without the inline styles that the page's policy forbids."""

    def as_html(self):
        return [_cell(before, after) for before, after in zip(self.left, self.right, strict=True)]


def _cell(before, after):
    if before == after:
        return conditional_escape(after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after)


# --- tables ----------------------------------------------------------------------------------------------------------


class MasterResource(resources.ModelResource):
    """Rows found by their code, of which only `changeable` columns change; none is added, none goes.

    A sheet is taken whole or not at all. Columns that are not changeable may stand in it, to be read by people; a
    different value there is an error of the row.
    """

    #: what the trail calls a change
    action = ""
    changeable = ()

    class Meta:
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        use_transactions = True
        skip_unchanged = True
        report_skipped = False
        clean_model_instances = True
        store_instance = True

    @classmethod
    def columns(cls):
        return [field.column_name for field in cls().get_import_fields()]

    @classmethod
    def get_diff_class(cls):
        return Change

    def get_queryset(self):
        """The rows, locked until they are stored: of two who confirm at once, one finds the table changed."""
        return super().get_queryset().select_for_update(of=("self",), no_key=True)

    def before_import(self, dataset, **options):
        self.seen = set()

    def before_import_row(self, row, **options):
        if row["code"] in self.seen:
            raise ValidationError({"code": _("This code stands in the file twice.")})
        self.seen.add(row["code"])

    def init_instance(self, row=None):
        raise ValidationError({"code": _("There is no row with this code.")})

    def after_init_instance(self, instance, new, row, **options):
        problems = {}
        for field in self.get_import_fields():
            name, before = field.column_name, field.export(instance)
            value = str(row.get(name, before))
            if value != before and name not in self.changeable:
                problems[name] = _("This column cannot be changed here.")
            elif value != before and (why := _why_not(value)):
                problems[name] = why
        if problems:
            raise ValidationError(problems)

    def do_instance_save(self, instance, is_create):
        # the other columns belong to others: a unit may have been moved since this row was read
        instance.save(update_fields=self.changeable)

    def after_import_row(self, row, row_result, **options):
        if row_result.import_type != RowResult.IMPORT_TYPE_UPDATE:
            return
        old, new = row_result.original, row_result.instance
        before = {name: getattr(old, name) for name in self.changeable if getattr(old, name) != getattr(new, name)}
        Entry.objects.write(
            action=self.action, by=options["user"], at=options["at"], subject=new, details={"before": before}
        )

    def after_import(self, dataset, result, **options):
        """Mark what changes from what to what; where something else has been shown before, nothing is stored."""
        changes = [(row.object_id, row.diff) for row in result.rows]
        result.mark = sha256(repr(changes).encode()).hexdigest()
        if options.get("shown") not in (None, result.mark):
            raise ValueError("the table has changed since the preview")


class UnitResource(MasterResource):
    action = "unit.rename"
    changeable = ("name_hi", "name_en")
    level = Field("level", "level", readonly=True)
    parent = Field("parent__code", "parent", readonly=True)

    class Meta(MasterResource.Meta):
        model = Unit
        fields = ("code", "level", "parent", "name_hi", "name_en")

    def get_queryset(self):
        return super().get_queryset().select_related("parent")


class KendraResource(MasterResource):
    """A kendra goes by the code of its police station."""

    action = "kendra.change"
    changeable = ("mobile", "launched_on", "functional_on")
    code = Field("thana__code", "code", readonly=True)
    thana = Field("thana__name_hi", "thana", readonly=True)
    mobile = Field("mobile", "mobile", Mobile())
    launched_on = Field("launched_on", "launched_on", Day())
    functional_on = Field("functional_on", "functional_on", Day())

    class Meta(MasterResource.Meta):
        model = Kendra
        fields = ("code", "thana", "mobile", "launched_on", "functional_on")

    def get_queryset(self):
        return super().get_queryset().select_related("thana")

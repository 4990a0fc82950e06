"""The Django admin: master data for the system administrator and a superuser, and nothing else.

It is a site of its own: what third-party apps register on Django's has no address here. It has no sign-in of its own
either, so that the lock-out and the trail of ours hold.
"""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from kendras.forms import DateInput, PlainText, plain
from kendras.jurisdiction import MASTER_DATA, needs, public
from kendras.models import SENTENCES, Entry, Kendra, Unit
from kendras.resources import CsvFormat, KendraResource, UnitResource, XlsxFormat, official_mobile
from kendras.spreadsheet import PACKED_BYTES, Unreadable
from kendras.views import sign_out

SENTENCES["master.export"] = gettext_lazy("took the master data out in a file")

# --- the site --------------------------------------------------------------------------------------------------------


@public
def _to_our_sign_in(request):
    return redirect_to_login(reverse("admin:index"))


class KendraAdminSite(admin.AdminSite):
    """The site of master data; each of its addresses says which right it needs."""

    site_header = site_title = gettext_lazy("Master data")
    index_title = gettext_lazy("Tables")
    index_template = "kendras/admin/index.html"
    final_catch_all_view = False

    #: Django's addresses that are kept beside those of the tables; the others lead to rows of any model
    KEPT = frozenset({"index", "logout", "password_change", "jsi18n", "app_list", None})

    def has_permission(self, request):
        user = request.user
        return user.is_active and not user.must_change_password and any(map(user.has_perm, MASTER_DATA))

    def get_urls(self):
        patterns = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) in self.KEPT]
        guarded = [_needing("kendras.view_unit", pattern) for pattern in patterns]
        return [path("login/", _to_our_sign_in, name="login"), *guarded]

    def logout(self, request, extra_context=None):
        return sign_out(request)

    def password_change(self, request, extra_context=None):
        return redirect("kendras:password")


def _needing(perm, pattern):
    """The address with a guard before it; one that includes others has theirs already."""
    if hasattr(pattern, "callback"):
        pattern.callback = needs(perm)(pattern.callback)
    return pattern


site = KendraAdminSite(name="admin")


# --- sheets ----------------------------------------------------------------------------------------------------------


class SheetForm(ImportForm):
    """The file to be tried; nothing is stored before its preview has been confirmed."""

    def clean_import_file(self):
        upload = self.cleaned_data["import_file"]
        if upload.size > PACKED_BYTES:
            most = PACKED_BYTES // 1024
            raise forms.ValidationError(_("The file is larger than %(most)d kB.") % {"most": most})
        return upload


class ConfirmForm(ConfirmImportForm):
    format = forms.ChoiceField(choices=[("0", "csv"), ("1", "xlsx")], widget=forms.HiddenInput)
    #: the mark of the changes that the preview has shown
    shown = forms.CharField(widget=forms.HiddenInput)


class Waiting(CacheStorage):
    """Files between preview and confirmation, under a name that nobody guesses and not among files of the machine."""

    CACHE_LIFETIME = 60 * 60

    def read(self):
        data = super().read()
        if data is None:
            raise Unreadable(_("The file is no longer there: choose it once more."))
        return data


class MasterAdmin(ImportExportMixin, admin.ModelAdmin):
    """One table of master data: look, change what its resource lets change, take sheets in and give them out."""

    resource = None
    actions = None

    def lookup_allowed(self, lookup, value, request=None):
        """Only the filters of the list: a path into other tables, or a number no database holds, is nobody's filter."""
        return lookup.partition("__")[0] in self.list_filter and len(str(value)) < 100

    show_full_result_count = False
    list_per_page = 50
    change_list_template = "kendras/admin/change_list.html"
    change_form_template = "kendras/admin/change_form.html"
    import_template_name = "kendras/admin/import.html"
    export_template_name = "kendras/admin/export.html"
    import_form_class, confirm_form_class, export_form_class = SheetForm, ConfirmForm, ExportForm
    tmp_storage_class = Waiting
    skip_admin_log = True
    formfield_overrides = {models.CharField: {"form_class": PlainText}}

    #: the views that are offered; the rest of Django's (adding, deleting, its own history) has no address
    KEPT = ("changelist", "change", "import", "process_import", "export")

    def get_urls(self):
        label, name = self.get_model_info()
        kept = {f"{label}_{name}_{view}" for view in self.KEPT}
        return [_needing(f"{label}.view_{name}", pattern) for pattern in super().get_urls() if pattern.name in kept]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in self.resource.changeable]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_import_permission(self, request):
        return self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def save_model(self, request, obj, form, change):
        """Store the changed columns and tell the trail, in the one transaction of the page."""
        data = form.cleaned_data  # in which the same letters may be written with other signs
        before = {name: old for name, old in form.initial.items() if data.get(name, old) not in (old, plain(str(old)))}
        if before:
            obj.save(update_fields=list(before))
            Entry.objects.write(
                action=self.resource.action,
                by=request.user,
                at=timezone.now(),
                subject=obj,
                details={"before": before},
            )

    def log_change(self, request, obj, message):
        """Django's own log is not written: the trail has it."""

    # --- sheets

    def get_resource_classes(self, request):
        return [self.resource]

    def get_resource_index(self, form):
        return 0

    def get_import_formats(self):
        return [partial(each, columns=self.resource.columns()) for each in (CsvFormat, XlsxFormat)]

    def get_export_formats(self):
        return [CsvFormat, XlsxFormat]

    def get_import_data_kwargs(self, **options):
        shown = options["form"].cleaned_data.get("shown")
        return {"at": timezone.now(), "rollback_on_validation_errors": True, "shown": shown}

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, Unreadable):
            raise e
        form.add_error("import_file", str(e))

    def import_action(self, request, **options):
        """Show what would change; the button below it carries the mark of what has been shown."""
        answer = super().import_action(request, **options)
        if "confirm_form" in answer.context_data:
            answer.context_data["confirm_form"].initial["shown"] = answer.context_data["result"].mark
        return answer

    def get_export_data(self, file_format, request, queryset, **kwargs):
        table = self.opts.label_lower
        Entry.objects.write(action="master.export", by=request.user, at=timezone.now(), details={"table": table})
        return super().get_export_data(file_format, request, queryset, **kwargs)

    def response_change(self, request, obj):
        """Back to the list, whatever else the form asks for: nothing is added here and nothing opens in a window."""
        messages.success(request, _("Saved."))
        return redirect(self._address("changelist"))

    def export_action(self, request):
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:  # a filter that there is not, in the address
            return redirect(self._address("changelist"))

    def process_import(self, request, **options):
        """Store what the preview has shown: all of it, or nothing with the reason."""
        try:
            answer = super().process_import(request, **options)
            if answer.status_code == 200:  # not stored, because the fields of the preview did not come back whole
                raise Unreadable(_("The file is no longer there: choose it once more."))
            return answer
        except Unreadable as error:
            messages.error(request, str(error))
            return redirect(self._address("import"))

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, _("Nothing was stored: the table has changed since. Try the file once more."))
            return redirect(self._address("import"))
        count = result.totals["update"]
        messages.success(
            request, ngettext("%(count)d row changed.", "%(count)d rows changed.", count) % {"count": count}
        )
        return redirect(self._address("changelist"))

    def _address(self, view):
        return "admin:{}_{}_{}".format(*self.get_model_info(), view)


# --- the tables of the ground floor ----------------------------------------------------------------------------------


@admin.register(Unit, site=site)
class UnitAdmin(MasterAdmin):
    resource = UnitResource
    list_display = ["code", "name_hi", "name_en", "level", "under", "provisional"]
    list_filter = ["level", "provisional"]
    list_select_related = ["parent"]
    search_fields = ["name_hi", "name_en", "code"]
    ordering = ["code"]
    fields = ["code", "level", "under", "kind", "provisional", "name_hi", "name_en"]

    @admin.display(description=gettext_lazy("Under"), ordering="parent__code")
    def under(self, unit):
        return unit.parent


class KendraForm(forms.ModelForm):
    class Meta:
        model = Kendra
        fields = ["mobile", "launched_on", "functional_on"]
        widgets = {"launched_on": DateInput(), "functional_on": DateInput()}

    def clean_mobile(self):
        try:
            return official_mobile(self.cleaned_data["mobile"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(Kendra, site=site)
class KendraAdmin(MasterAdmin):
    resource = KendraResource
    form = KendraForm
    list_display = ["code", "thana", "under", "mobile", "launched_on", "functional_on"]
    list_select_related = ["thana", "district"]
    search_fields = ["thana__name_hi", "thana__name_en", "thana__code"]
    ordering = ["thana__code"]
    fields = ["thana", "under", "mobile", "launched_on", "functional_on"]

    @admin.display(description=gettext_lazy("code"), ordering="thana__code")
    def code(self, kendra):
        return kendra.thana.code

    @admin.display(description=gettext_lazy("District"), ordering="district__code")
    def under(self, kendra):
        return kendra.district

    def formfield_for_dbfield(self, db_field, request, **options):
        # the form's own date field, not the one that Django's admin draws with its calendar
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name in KendraForm.Meta.widgets:
            field.widget = DateInput()
        return field

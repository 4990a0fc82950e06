"""Questions to other police stations about an accused, on pages: asking from an FIR, the list, answering."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms import NO_NAMES, MoveForm
from complaints.models import Fir, Person, Question
from complaints.views import HANDLES, try_move
from kendras.forms import PlainText
from kendras.jurisdiction import needs
from kendras.models import Unit
from kendras.workflow import Refused, moves_for

_SHOWN = ("fir", "person", "thana", "from_thana", "asked_by", "answered_by")


def _words(label, most):
    area = forms.Textarea(attrs={"rows": 4})
    return PlainText(label=label, max_length=most, widget=area, help_text=NO_NAMES)


class AskForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    text = _words(gettext_lazy("What do you want to know?"), 500)


class AnswerForm(MoveForm):
    text = _words(gettext_lazy("Answer"), 2000)


@needs("complaints.follow_up")
def question_new(request, pk, person, thana):
    """Ask a police station in whose cases an accused of this FIR appears; for those who handle the FIR."""
    at = timezone.now()
    fir = get_object_or_404(Fir.objects.visible_to(request.user), pk=pk)
    accused = get_object_or_404(fir.people.filter(part=Person.Part.ACCUSED), pk=person)
    asked = get_object_or_404(Unit.objects.thanas(), pk=thana)
    if fir.may_read_identity(request.user, at) is not HANDLES:
        raise Http404
    form = AskForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            Question.objects.ask(fir, accused, asked, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(thana)s has been asked.") % {"thana": asked.title})
            return redirect(fir)
    context = {"form": form, "fir": fir, "person": accused, "thana": asked}
    return render(request, "complaints/question_new.html", context, status=422 if form.errors else 200)


@needs("complaints.answer_question")
def questions(request):
    """What other police stations ask us about accused, and what we have asked them."""
    at = timezone.now()
    asked = Question.objects.visible_to(request.user).select_related(*_SHOWN).order_by("-asked_at", "-id")
    sent = Question.objects.sent_by(request.user).select_related(*_SHOWN).order_by("-asked_at", "-id")
    context = {
        "asked": [(row, row.is_late(at)) for row in asked[:50]],
        "sent": [(row, row.is_late(at)) for row in sent[:50]],
    }
    return render(request, "complaints/questions.html", context)


@needs("complaints.answer_question")
def question(request, pk):
    """One question to us: who asks what, in which of our cases he stands, the answer."""
    row = get_object_or_404(Question.objects.visible_to(request.user).select_related(*_SHOWN), pk=pk)
    context = {"question": row, "cases": row.cases_here(), "steps": moves_for(row, request.user)}
    return render(request, "complaints/question.html", context)


@needs("complaints.answer_question")
def question_move(request, pk, name):
    """Answer or decline: the form, then `move()`."""
    at = timezone.now()
    row = get_object_or_404(Question.objects.visible_to(request.user).select_related(*_SHOWN), pk=pk)
    step = Question.MOVES.get(name)
    if step is None:
        raise Http404
    form = AnswerForm(request.POST or None, case=row, user=request.user, day=timezone.localdate(at))
    if name == "decline":
        form.fields["text"].label = _("Reason")
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(row)
    return render(
        request, "complaints/question_move.html", {"form": form, "step": step, "question": row}, status=status
    )

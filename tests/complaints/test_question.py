"""Asking another police station about an accused: who may, what each side sees, that no victim is told."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Question
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused, move
from tests.world import NOW, SECRETS

MAN = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
WANTED = "क्या वह वहाँ भी वांछित है"
ANSWER = "अभियुक्त दो प्रकरणों में वांछित है और फरार है"


@pytest.fixture
def cases(world):
    """An FIR at Hari Parvat, and one at Tajganj against the same man with a victim of her own."""
    there = world.fir("BNS78", by=world.bina, people=[{"part": "victim", "age": 20, "name": "राधा सिंह"}, MAN])
    return world.fir(), there


def ask(world, fir, *, by=None, thana=None, text=WANTED, **more):
    person = fir.people.get(part="accused")
    return Question.objects.ask(fir, person, thana or world.tajganj, text=text, by=by or world.asha, at=NOW, **more)


def answer(question, by, name="answer", text=ANSWER, at=NOW):
    return move(question, name, by=by, at=at, text=text)


def blocks(world, user):
    return {block.work.code for block in world.client(user).get("/").context["busy"]}


def test_a_question_goes_to_the_thana_where_he_appears_and_stands_on_both_trails(world, cases):
    question = ask(world, cases[0])
    assert (question.thana, question.from_thana, question.cases()) == (world.tajganj, world.hariparvat, [cases[1]])
    actions = {
        world.asha: "fir.ask_thana",
        world.bina: "question.ask",
    }
    for user, action in actions.items():
        assert Entry.objects.visible_to(world.fresh(user)).filter(action=action).count() == 1
    answer(question, world.bina)
    for user, action in ((world.asha, "fir.thana_answered"), (world.bina, "question.answer")):
        assert Entry.objects.visible_to(world.fresh(user)).filter(action=action).count() == 1


def test_only_where_he_appears_and_only_once_at_a_time(world, cases):
    for thana in (world.lohamandi, world.hariparvat):
        with pytest.raises(Refused, match="नहीं है"):
            ask(world, cases[0], thana=thana)
    once = uuid.uuid4()
    assert ask(world, cases[0], once=once) == ask(world, cases[0], once=once)
    with pytest.raises(Refused, match="प्रतीक्षा"):
        ask(world, cases[0])


@pytest.mark.parametrize("key", ["hema", "ila", "esha", "bina"])
def test_who_does_not_handle_the_fir_asks_nobody(world, cases, key):
    with pytest.raises(Refused):
        ask(world, cases[0], by=getattr(world, key))
    assert not Question.objects.exists()


@pytest.mark.parametrize("text", ["सीमा गुप्ता के प्रकरण में वांछित", "क्या राजू पाल वांछित है"])
def test_a_question_names_nobody(world, cases, text):
    with pytest.raises(NamesPerson):
        ask(world, cases[0], text=text)


@pytest.mark.parametrize("name", ["answer", "decline"])
def test_an_answer_never_says_whose_victim_it_was(world, cases, name):
    question = ask(world, cases[0])
    with pytest.raises(NamesPerson):
        answer(question, world.bina, name, "राधा सिंह का प्रकरण लम्बित है")
    with pytest.raises(Refused, match="वाक्य"):
        answer(question, world.bina, name, "हाँ")
    question.refresh_from_db()
    assert (question.state, question.answer) == ("asked", "")
    refused = Entry.objects.filter(action="text.refused", by=world.bina).get()
    assert refused.thana_id == world.tajganj.pk


@pytest.mark.parametrize("key", ["asha", "omprakash", "bela", "kamla", "esha", "charu"])
def test_only_in_charge_and_sho_of_the_thana_that_is_asked_answer(world, cases, key):
    with pytest.raises(Refused):
        answer(ask(world, cases[0]), getattr(world, key))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(Question.MOVES)), max_size=4))
def test_whatever_the_order_a_question_is_settled_once(world, cases, walk):
    Question.objects.all().delete()
    question, done = ask(world, cases[0]), 0
    for name in walk:
        try:
            question, done = answer(question, world.bina, name), done + 1
        except Refused:
            question.refresh_from_db()
        assert bool(question.answer) is bool(done)
    assert done == min(len(walk), 1)


def test_both_thanas_see_it_today_and_neither_sees_the_others_victim(world, cases):
    fir, there = cases
    question = ask(world, fir)
    assert "questions" in blocks(world, world.bina)
    assert "questions" not in blocks(world, world.asha)
    asked = world.client(world.bina).get(question.get_absolute_url()).content.decode()
    assert fir.case_number in asked
    assert there.get_absolute_url() in asked
    answer(question, world.bina)
    for user in (world.asha, world.omprakash):
        assert "answers" in blocks(world, user)
    pages = [asked, world.client(world.asha).get(fir.get_absolute_url()).content.decode()]
    pages.append(world.client(world.asha).get(reverse("complaints:questions")).content.decode())
    assert ANSWER in pages[1]
    assert ANSWER in pages[2]
    for text in pages:
        for secret in (*SECRETS.values(), "राधा", "राजू"):
            assert secret not in text


@pytest.mark.parametrize(("minutes", "shown"), [(-1, True), (0, False), (1, False)])
def test_an_answer_stays_on_the_page_for_the_days_of_the_rule(world, cases, monkeypatch, minutes, shown):
    answer(ask(world, cases[0]), world.bina)
    moment = NOW + timedelta(days=7, minutes=minutes)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert ("answers" in blocks(world, world.asha)) is shown


@pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, True), (1, True)])
def test_an_answer_is_late_after_the_days_of_the_rule(world, cases, minutes, late):
    question = ask(world, cases[0])
    assert question.is_late(NOW + timedelta(days=3, minutes=minutes)) is late
    assert not answer(question, world.bina).is_late(NOW + timedelta(days=30))


def test_it_is_asked_from_the_hits_of_the_page_and_answered_by_form(world, cases):
    fir, client = cases[0], world.client(world.asha)
    person = fir.people.get(part="accused")
    address = reverse("complaints:question_new", args=[fir.pk, person.pk, world.tajganj.pk])
    assert address in client.post(reverse("complaints:fir_elsewhere", args=[fir.pk])).content.decode()
    assert client.post(address, {"once": uuid.uuid4(), "text": "सीमा के बारे में बतायें"}).status_code == 422
    assert client.post(address, {"once": uuid.uuid4(), "text": WANTED}).url == fir.get_absolute_url()
    question = Question.objects.get()
    there = world.client(world.bina)
    form = reverse("complaints:question_move", args=[question.pk, "answer"])
    assert form in there.get(question.get_absolute_url()).content.decode()
    sent = {"once": uuid.uuid4(), "version": question.version, "text": ANSWER}
    assert there.post(form, {**sent, "text": "राधा सिंह का प्रकरण है"}).status_code == 422
    assert there.post(form, sent).url == question.get_absolute_url()
    assert world.client(world.kamla).get(question.get_absolute_url()).status_code == 404
    victim = fir.people.get(part="victim")
    wrong = reverse("complaints:question_new", args=[fir.pk, victim.pk, world.tajganj.pk])
    assert client.get(wrong).status_code == 404


def test_neither_side_names_a_person_of_the_other_sides_case(world, cases):
    with pytest.raises(NamesPerson):
        ask(world, cases[0], text="क्या राधा सिंह के प्रकरण में वही है")
    question = ask(world, cases[0])
    with pytest.raises(NamesPerson):
        answer(question, world.bina, text=f"वह {SECRETS['name']} के मामले में भी वांछित है")


def test_a_case_that_has_left_the_thana_is_no_longer_shown_with_the_question(world, cases):
    people = [{"part": "complainant", "name": "नीलम देवी"}, MAN]
    complaint = world.complaint(by=world.bina, people=people)
    question = ask(world, cases[0])
    assert complaint in question.cases_here()
    complaint.arrive_at(world.vrindavan, by=world.kamla, at=NOW)
    page = world.client(world.bina).get(question.get_absolute_url()).content.decode()
    assert complaint.get_absolute_url() not in page
    assert complaint in question.cases()  # whom its answer may not name

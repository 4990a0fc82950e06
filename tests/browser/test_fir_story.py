"""An offence against a child, in a browser and in Hindi: complaint, FIR, charge sheet, compensation, feedback."""

import re
from datetime import date

#: nobody of the demonstration bears these names
NAME, PHONE, ACCUSED, ACCOUNT, NUMBER = "मृणालिनी कुशवाहा", "9450022334", "गजोधर लठवाल", "50100123456789", "4711"
COMPLAINT, FIR, MONEY = r"/complaints/\d+/$", r"/firs/\d+/$", r"/compensation/\d+/$"


def take_down(hema):
    """The help desk takes down what happened to a girl of fourteen; the number of the complaint."""
    hema.follow("दर्ज करें")
    hema.page.locator("[name=nature]").select_option(label="बालक/बालिका के विरुद्ध लैंगिक अपराध (पॉक्सो)")
    hema.fill(text="पड़ोसी ने बालिका के साथ गलत काम किया।", name=NAME, phone=PHONE, age="14")
    hema.press("दर्ज करें और पावती दें")
    return hema.page.locator(".slip dd").first.inner_text()


def decide(ila, number):
    """The officer enquires and decides; a counselling instead of an FIR is not even offered."""
    ila.open(number)
    ila.take("start_enquiry", COMPLAINT)
    ila.page.locator("main a[href$='/moves/decide/']").first.click()
    assert ila.page.locator("main [name=outcome][value=counselling]:enabled").count() == 0
    ila.fill(outcome="fir", reason="संज्ञेय अपराध है, एफआईआर दर्ज की जाती है।")
    ila.send()
    ila.page.wait_for_url(re.compile(COMPLAINT))


def take_in(ila):
    """The FIR goes into the record with its sections; its clocks run. The address of the FIR."""
    ila.page.locator("main a[href^='/firs/new/']").first.click()
    ila.fill(number=NUMBER, woman_recorded=True, copy_given=True)
    for section in ("3/4 पॉक्सो अधिनियम", "64 बीएनएस"):
        ila.page.locator("main label", has_text=f"{section}:").locator("input").first.check()
    ila.send()
    ila.page.wait_for_url(re.compile(FIR))
    clocks = ila.page.locator("main").inner_text()
    assert "बाल कल्याण समिति" in clocks
    assert NAME not in clocks
    return ila.page.url


def investigate(ila, fir):
    """From the committee to the charge sheet, each event where the law lets it stand."""
    ila.take("cwc_told", FIR)
    ila.take("medical_sent", FIR)
    ila.take("statement_magistrate", FIR)
    ila.take("add_person", FIR, name=ACCUSED)
    ila.take("remand", r"/moves/remand/$")  # nobody is remanded before the arrest
    assert "गिरफ" in ila.page.locator("main [role=alert]").inner_text()
    ila.page.goto(fir)
    ila.take("arrest", FIR)
    ila.take("charge_sheet", FIR, number="88/2026")
    assert "आरोप पत्र" in ila.page.locator("h1").inner_text()


def compensate(ila, fir):
    """Rani Laxmi Bai fund: bank details under lock, applied for, sanctioned and paid. The address of the application."""
    ila.page.goto(fir)
    ila.page.locator("main a[href^='/counselling/support/']").first.click()
    ila.page.locator("main a[href*='/compensation/new/']").first.click()
    ila.page.get_by_label("रानी लक्ष्मीबाई").check()
    ila.send()
    ila.page.wait_for_url(re.compile(MONEY))
    today = date.today().isoformat()
    ila.take("bank", MONEY, holder=NAME, bank="एसबीआई आगरा", account=ACCOUNT, ifsc="SBIN0001234")
    ila.take("papers", MONEY, papers=["form", "fir", "passbook", "charge_sheet"])
    ila.take("apply", MONEY, on=today, number="RLB/12")
    ila.take("enquired", MONEY, on=today)
    ila.take("sanction", MONEY, on=today, amount="300000", number="DM/7")
    ila.take("pay_rest", MONEY, on=today)
    assert ACCOUNT not in ila.page.content()
    assert NAME not in ila.page.content()
    return ila.page.url


def dispose(ila, complaint):
    ila.page.goto(complaint)
    ila.take("dispose", COMPLAINT, reason="आरोप पत्र न्यायालय भेजा गया, प्रकरण निस्तारित।")


def test_an_offence_against_a_child_from_the_complaint_to_compensation_and_feedback(person):
    month = date.today().replace(day=1)
    esha = person("esha")
    before = {measure: esha.figure(month, measure, "हरिपर्वत", "fir_units") for measure in MEASURED}

    hema, asha, ila = person("hema"), person("asha"), person("ila")
    number = take_down(hema)
    asha.open(number)
    complaint = asha.page.url
    asha.step("अधिकारी को दें", officer="इला सक्सेना")
    decide(ila, number)
    fir = take_in(ila)
    investigate(ila, fir)
    money = compensate(ila, fir)
    dispose(ila, complaint)

    hema.page.goto(complaint)
    hema.step("फीडबैक कॉल", save="फीडबैक दर्ज करें", satisfied="हाँ", text="माता ने बताया कि सहायता राशि मिल गयी है।")
    asha.page.goto(complaint)
    asha.take("close", COMPLAINT, reason="फीडबैक के बाद बन्द किया गया।")

    assert {m: esha.figure(month, m, "हरिपर्वत", "fir_units") for m in MEASURED} == {m: n + 1 for m, n in before.items()}
    esha.page.goto(fir)
    assert NAME not in esha.page.content()
    assert ACCUSED not in esha.page.content()
    bina = person("bina")
    for address in (complaint, fir, money):
        assert bina.page.goto(address).status == 404


#: figures of the month that this case moves by one
MEASURED = ("पंजीकृत एफ.आई.आर.", "आरोप पत्र")

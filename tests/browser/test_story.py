"""The main job, in a browser and in Hindi: from the help desk to the paper of the crime meeting, each step by the right person."""

import subprocess
from datetime import date

#: nobody of the demonstration bears this name
NAME, PHONE = "चन्द्रकला निषाद", "9450011223"
STORY = "जेठ ने घर से निकाल दिया और मारपीट की, दोनों बच्चे उसी के पास हैं।"


def take_down(hema):
    """Hema registers what a woman at her desk says; returns (number, reference, PIN) from the slip."""
    page = hema.page
    hema.follow("दर्ज करें")
    page.get_by_label("शिकायत किस बारे में है?").select_option(label="घरेलू हिंसा")
    page.fill("[name=text]", STORY)
    page.fill("[name=name]", NAME)
    page.fill("[name=phone]", PHONE)
    hema.press("दर्ज करें और पावती दें")
    slip = page.locator(".slip")
    facts = slip.locator("dd").all_inner_texts()
    assert NAME not in slip.inner_text()
    assert "घरेलू" not in slip.inner_text()
    return facts[0], facts[3], facts[4]


def test_a_womans_complaint_travels_from_the_help_desk_to_the_crime_meeting(person, tmp_path):
    month = date.today().replace(day=1)
    esha = person("esha")
    received, disposed = (esha.figure(month, measure, "हरिपर्वत") for measure in ("प्राप्त", "निस्तारित"))

    hema = person("hema")
    number, reference, pin = take_down(hema)

    asha = person("asha")
    asha.open(number)
    address = asha.page.url
    asha.step("अधिकारी को दें", officer="इला सक्सेना")

    ila = person("ila")
    ila.open(number)
    ila.step("जाँच प्रारम्भ करें")
    ila.step("निर्णय लें", outcome="परामर्श", reason="दोनों पक्षों को सुना गया, परामर्श उचित है।")
    ila.step("कार्यवाही अंकित करें", text="दोनों पक्षों की काउन्सलिंग करायी गयी।")
    ila.step("निस्तारण करें", reason="समझौते के साथ प्रकरण का निस्तारण किया गया।")

    hema.open(number)
    hema.step("फीडबैक कॉल", save="फीडबैक दर्ज करें", satisfied="हाँ", text="उसने बताया कि अब घर में शान्ति है।")
    asha.page.goto(address)
    asha.step("बन्द करें", reason="फीडबैक के बाद बन्द किया गया।")
    assert "बन्द" in asha.page.locator("h1").inner_text()

    assert esha.figure(month, "प्राप्त", "हरिपर्वत") == received + 1
    assert esha.figure(month, "निस्तारित", "हरिपर्वत") == disposed + 1
    words = print_paper(esha, month, tmp_path)
    lines = [line.split() for line in words.splitlines() if line.strip().startswith("हरिपर्वत")]
    assert any(str(received + 1) in line for line in lines)
    assert "चन्द्रकला" not in words
    assert PHONE not in words

    nobody_else_sees_it(person("bina"), address, number)
    she_sees_how_far_it_is(hema.page.context.browser, address, reference, pin)


def print_paper(esha, month, folder):
    """The SP orders the paper of the running month and opens it as soon as the worker has printed it; its words."""
    esha.page.goto(f"/meeting/?month={month:%Y-%m}")
    esha.press("गोष्ठी की प्रति मुद्रित करें")
    with esha.page.expect_download(timeout=90_000) as waiting:
        esha.page.get_by_role("button", name="प्रति खोलें (अंकित होगा)").click(timeout=90_000)
    file = folder / "paper.pdf"
    waiting.value.save_as(file)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True)
    return done.stdout


def nobody_else_sees_it(bina, address, number):
    assert bina.page.goto(address).status == 404
    bina.page.goto("/complaints/search/")
    bina.page.fill("[name=phone]", PHONE)
    bina.press("खोजें")
    assert address.removeprefix(bina.page.url.partition("/complaints")[0]) not in bina.page.content()


def she_sees_how_far_it_is(browser, address, reference, pin):
    context = browser.new_context(locale="hi-IN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address.partition('/complaints')[0]}/s/")
    page.fill("[name=reference]", reference)
    page.fill("[name=pin]", pin)
    page.locator("form.card button").click()
    told = page.locator("main").inner_text()
    assert "पूरी" in told or "बन्द" in told
    assert NAME not in told

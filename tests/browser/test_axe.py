"""Every page, in both languages, as somebody who works with it: axe finds nothing (WCAG 2.1 AA), and it fits a phone.

axe passes Devanagari text on any ground, so contrast is judged on the English pages here and by the tokens in
tests/kendras/test_look.py.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from reports.demo import PASSWORD
from tests.test_access import addresses

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
#: language → what axe looks for: the markup is the same in both, and contrast it judges only where letters are Latin
OPTIONS = {
    "hi": {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"color-contrast": {"enabled": False}}},
    "en": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}

#: the text of a page without what is marked as English, such as a unit's English name
HINDI_TEXT = """() => {
    const page = document.body.cloneNode(true);
    page.querySelectorAll("[lang=en], script").forEach(each => each.remove());
    return page.textContent;
}"""

#: three words of English in a row inside a Hindi page: somebody forgot to translate
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")

#: who → [(address name, path, or words of the link that leads to it from the page before)]
WALKS = {
    "": [("kendras:login", "/login/"), ("complaints:status", "/s/"), ("complaints:status_of", "/s/2222222222/"),
         ("counselling:answer", "/counselling/a/"), ("counselling:answer_of", "/counselling/a/none.none/")],
    "hema": [
        ("reports:today", "/"),
        ("kendras:password", "/password/"),
        ("complaints:register", "/complaints/new/"),
        ("complaints:list", "/complaints/?state=disposed"),
        ("complaints:detail", "a[href^='/complaints/']:text-matches('^\\\\d{4}/')"),
        ("complaints:move", "a[href$='/moves/feedback/']"),
        ("complaints:move", "-a[href$='/moves/follow_up/']"),
        ("complaints:receipt", "-a[href$='/receipt/']"),
        ("complaints:search", "/complaints/search/"),
        ("complaints:filters", "/complaints/filters/"),
        ("complaints:print_register", "/register/"),
        ("complaints:fir_new", "/firs/new/"),
        ("complaints:fir_register", "/firs/register/"),
    ],
    "ila": [("reports:today", "/"), ("complaints:list", "/complaints/?state=enquiry&officer=me"),
            ("complaints:detail", "a[href^='/complaints/']:text-matches('^\\\\d{4}/')"),
            ("complaints:move", "a[href$='/moves/decide/']")],
    "asha": [
        ("reports:today", "/"),
        ("kendras:charges", "/charges/"),
        ("complaints:handovers", "/handovers/"),
        ("reports:directions", "/meeting/directions/"),
        ("kendras:trail", "/trail/"),
        ("complaints:preventives", "/preventive/"),
        ("complaints:preventive", "main th a[href^='/preventive/']"),
        ("complaints:preventive_move", "a[href*='/moves/']"),
        ("complaints:harassers", "/preventive/harassers/"),
        ("complaints:firs", "/firs/?state=investigation"),
        ("complaints:fir", "main a[href^='/firs/']:text-matches('^\\\\d{4}/')"),
        ("complaints:preventive_new", "a[href^='/preventive/new/']"),
        ("complaints:fir_move", "-a[href$='/moves/arrest/'], a[href$='/moves/scene_visit/']"),
        ("complaints:fir_move", "-a[href$='/moves/amend_sections/']"),
        ("complaints:officers", "/firs/officers/"),
        ("complaints:officer", "main th a[href^='/firs/officers/']"),
        ("complaints:fir_clocks", "/firs/clocks/"),
        ("complaints:accused", "/firs/accused/"),
        ("complaints:questions", "/questions/"),
        ("complaints:question", "main th a[href^='/questions/']"),
        ("complaints:question_move", "a[href$='/answer/']"),
        ("reports:today", "/"),
        ("complaints:fir", "#answers th a"),
        ("complaints:fir", "!form[action*='/elsewhere/'] button"),
        ("complaints:question_new", "main a[href*='/ask/']"),
        ("complaints:cctns", "/cctns/"),
        ("complaints:cctns_run", "main th a[href^='/cctns/']"),
        ("complaints:mismatches", "/cctns/mismatches/"),
        ("complaints:list", "/complaints/?state=registered"),
        ("complaints:detail", "a[href^='/complaints/']:text-matches('^\\\\d{4}/')"),
        ("complaints:move", "a[href$='/moves/assign/']"),
        ("complaints:move", "-a[href$='/moves/hand_over/']"),
        ("reports:months", "/monthly/"),
        ("reports:month", "main a[href^='/monthly/']:not([href*='?'])"),
        ("counselling:sessions", "/counselling/sessions/?show=planned"),
        ("counselling:session", "main th a[href^='/counselling/sessions/']"),
        ("counselling:session_move", "a[href$='/moves/call_off/']"),
        ("counselling:case", "-a[href^='/counselling/case/']"),
        ("counselling:session_new", "a[href^='/counselling/sessions/new/']"),
        ("counselling:entrust", "-a[href^='/counselling/entrusted/new/']"),
        ("counselling:mark", "-a[href^='/counselling/entrusted/mark/']"),
        ("counselling:ppk_cases", "/counselling/ppk/?show=called"),
        ("counselling:ppk", "main th a[href^='/counselling/ppk/']"),
        ("counselling:ppk_move", "a[href$='/moves/settle/']"),
        ("counselling:ppk_paper", "-a[href$='/papers/notice-her/']"),
        ("counselling:ppk_paper", "-a[href$='/papers/letter/']"),
        ("counselling:case", "-a[href^='/counselling/case/']"),
        ("counselling:ppk_new", "a[href^='/counselling/ppk/new/']"),
        ("counselling:ppk_cases", "/counselling/ppk/?show=settled"),
        ("counselling:ppk", "main th a[href^='/counselling/ppk/']"),
        ("counselling:ppk_paper", "a[href$='/papers/settlement/']"),
        ("counselling:follow_up_move", "-a[href$='/moves/record/']"),
        ("counselling:follow_ups", "/counselling/ppk/follow-ups/?show=all"),
        ("counselling:sitting", "/counselling/ppk/sitting/"),
        ("counselling:entrustments", "/counselling/entrusted/"),
        ("counselling:entrustment", "main th a[href^='/counselling/entrusted/']"),
        ("counselling:entrustment_move", "a[href*='/moves/']"),
        ("counselling:untold", "/counselling/untold/"),
        ("counselling:tellings", "/counselling/tellings/"),
        ("counselling:compensations", "/counselling/compensation/?show=applied"),
        ("counselling:compensation", "main th a[href^='/counselling/compensation/']"),
        ("counselling:compensation_move", "a[href$='/moves/bank/']"),
        ("counselling:referrals", "/counselling/referrals/?show=accepted"),
        ("counselling:referral", "main th a[href^='/counselling/referrals/']"),
        ("counselling:referral_move", "a[href$='/moves/complete/']"),
        ("complaints:firs", "/firs/?state=investigation"),
        ("complaints:fir", "main a[href^='/firs/']:text-matches('^\\\\d{4}/')"),
        ("counselling:support", "a[href^='/counselling/support/']"),
        ("counselling:referral_new", "a[href*='/referrals/new/']"),
        ("counselling:compensation_new", "-a[href*='/compensation/new/']"),
        ("counselling:tell", "-a[href*='/counselling/tell/']"),
        ("counselling:inform", "-a[href*='/counselling/inform/']"),
        ("counselling:plan", "-a[href*='/counselling/plan/']"),
    ],
    "omprakash": [
        ("reports:today", "/"),
        ("kendras:charges_waiting", "/charges/waiting/"),
        ("counselling:referrals", "/counselling/referrals/?show=sent"),
        ("counselling:referral", "main th a[href^='/counselling/referrals/']"),
        ("counselling:referral_grants", "a[href$='/grants/']"),
        ("counselling:referral_links", "-a[href$='/links/']"),
    ],
    "charu": [("reports:today", "/"), ("complaints:list", "/complaints/"),
              ("complaints:detail", "a[href^='/complaints/']:text-matches('^\\\\d{4}/')"),
              ("complaints:move", "a[href$='/moves/direct/']")],
    "divya": [
        ("reports:today", "/"),
        ("complaints:list", "/complaints/"),
        ("complaints:detail", "a[href^='/complaints/']:text-matches('^\\\\d{4}/')"),
        ("complaints:grants", "a[href$='/grants/']"),
        ("counselling:counsellors", "/counselling/counsellors/"),
        ("counselling:counsellor_end", "a[href$='/end/']"),
        ("counselling:agencies", "/counselling/agencies/"),
        ("counselling:agencies", "/counselling/agencies/?kind=osc"),
        ("counselling:agency", "main th a[href^='/counselling/agencies/']"),
        ("counselling:agency_edit", "a[href$='/edit/']"),
        ("counselling:agency_assess", "-a[href$='/assess/']"),
        ("counselling:agency_enlarge", "-a[href$='/enlarge/']"),
        ("counselling:agency_move", "-a[href$='/moves/close/']"),
        ("counselling:enlargement_move", "-a[href*='/enlargements/']"),
        ("counselling:agency_new", "/counselling/agencies/new/"),
    ],
    "esha": [
        ("reports:today", "/"),
        ("kendras:units", "/units/"),
        ("reports:unit", "/units/{district}/figures/"),
        ("reports:statements", "/statements/"),
        *[("reports:statement", f"/statements/{code}/") for code in ("comparison", "side_by_side", "trends", "hours", "heads", "itsso", "clocks", "accused", "counselling", "ppk", "units", "age", "source", "nature", "late")],
        ("reports:months", "/monthly/"),
        ("reports:month", "main a[href^='/monthly/']:not([href*='?'])"),
        ("reports:meeting", "/meeting/"),
        ("reports:prints", "!form[action$='/print/'] button"),
    ],
    "farah": [("reports:today", "/")],
    "zoya": [("reports:today", "/")],
    "hina": [
        ("reports:today", "/"),
        ("kendras:rules", "/rules/"),
        ("kendras:rule_change", "/rules/complaint_disposal/"),
        ("reports:build", "/monthly/build/"),
        ("reports:run", "main a[href^='/monthly/run/']"),
        ("reports:statement", "/statements/units/?by=district"),
    ],
    "gita": [
        ("reports:today", "/"),
        ("counselling:entrustment", "main a[href^='/counselling/entrusted/']"),
        ("counselling:entrusted_session", "a[href$='/session/']"),
        ("counselling:session", "-main a[href^='/counselling/sessions/']"),
        ("counselling:session_move", "a[href$='/moves/complete/']"),
    ],
    "suman": [
        ("reports:today", "/"),
        ("kendras:units", "/units/"),
        ("kendras:unit_edit", "/units/{district}/edit/"),
        ("kendras:unit_move", "/units/{district}/move/"),
        ("kendras:accounts", "/accounts/?q=asha"),
        ("kendras:account", "main a[href^='/accounts/']:not([href*='new'])"),
        ("kendras:charge_new", "a[href$='/charge/']"),
        ("kendras:charge_end", "-main a[href$='/end/']"),
        ("kendras:account_new", "/accounts/new/"),
        ("kendras:look", "/look/"),
    ],
}  # fmt: skip

#: addresses without a page of their own: answers to a press, files, fragments, and what machines ask
NO_PAGE = {
    "healthz", "readyz", "set_language", "schema", "kendras:logout", "complaints:draft", "complaints:repeats",
    "complaints:cctns_cells", "complaints:cctns_move",
    "complaints:save_filter", "complaints:drop_filter", "complaints:attach", "complaints:identity", "complaints:document",
    "complaints:fir_identity", "complaints:fir_elsewhere", "complaints:fir_attach", "complaints:reveal_move", "counselling:session_said", "complaints:handover_move", "complaints:withdraw", "reports:month_move",
    "reports:direction_move", "reports:print", "reports:print_file",
    "counselling:referral_identity", "counselling:referral_withdraw", "counselling:link_revoke",
    "counselling:compensation_bank", "counselling:plan_read", "counselling:referral_letter",
}  # fmt: skip


def test_every_page_is_looked_at():
    looked_at = {name for pages in WALKS.values() for name, _path in pages}
    assert set(addresses()) == looked_at | NO_PAGE


class Walk:
    """One person's way through the pages in one language, and what is wrong on them."""

    def __init__(self, chromium, site, user, language):
        self.context = chromium.new_context(base_url=site, viewport={"width": 1366, "height": 768})
        self.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._heard)
        self.language, self.wrong, self.errors = language, [], []
        if user:
            self._sign_in(user)

    def _sign_in(self, user):
        self.page.goto("/login/")
        self.page.fill("[name=username]", user)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(re.compile(r"/$"))
        own = self.page.locator("a[href*='/figures/']").first
        self.district = re.search(r"/units/(\d+)/", own.get_attribute("href")).group(1) if own.count() else "2"

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def to(self, path):
        """Go to a path, or follow the link that a selector finds ("-": from the page before); "!" presses a button."""
        if path.startswith("/"):
            self.page.goto(path.replace("{district}", getattr(self, "district", "")))
            return
        if path.startswith("!"):
            self.page.locator(path.removeprefix("!")).first.click()
            self.page.wait_for_load_state()
            return
        if path.startswith("-"):
            self.page.go_back()
        self.page.goto(self.page.locator(path.removeprefix("-")).first.get_attribute("href"))

    def look(self, name):
        """Note everything that is wrong on the page that is open."""
        found = [
            f"{v['id']}: {v['nodes'][0]['html'][:120]}"
            for v in Axe().run(self.page, options=OPTIONS[self.language]).response["violations"]
        ]
        if self.page.locator("h1").count() != 1:
            found.append("not one h1")
        if self.page.get_attribute("html", "lang") != self.language:
            found.append("another language")
        if self.language == "hi":
            found += [f"English: {words}" for words in ENGLISH.findall(self.page.evaluate(HINDI_TEXT))]
        self.page.set_viewport_size({"width": 360, "height": 740})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": 1366, "height": 768})
        if width > 360:
            found.append(f"{width} px wide on a phone of 360")
        self.wrong += [
            f"{name} {self.page.url.partition('//')[2].partition('/')[2]}: {each}" for each in found + self.errors
        ]
        self.errors.clear()


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("user", WALKS)
def test_axe_finds_nothing_and_the_page_fits_a_phone(chromium, site, user, language):
    walk = Walk(chromium, site, user, language)
    for name, path in WALKS[user]:
        walk.to(path)
        walk.look(name)
    walk.context.close()
    assert walk.wrong == []

"""Somebody in front of a browser, in Hindi: what the stories are told with."""

import re

from reports.demo import PASSWORD


class Person:
    """Somebody at her own machine, signed in."""

    def __init__(self, browser, site, username):
        context = browser.new_context(base_url=site, locale="hi-IN", viewport={"width": 1366, "height": 768})
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.page.goto("/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("साइन-इन")
        assert self.page.get_attribute("html", "lang") == "hi"

    def press(self, name):
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def open(self, number):
        """Open a complaint from the day's page, or from the list where others wait longer."""
        self.page.goto("/")
        link = self.page.locator("main a[href^='/complaints/']").get_by_text(number, exact=True).first
        if not link.count():
            self.follow("शिकायतें")
        link.click()

    def step(self, label, save="", **fields):
        """Take one step of the complaint that is open, through its form."""
        self.page.get_by_role("main").get_by_role("link", name=label, exact=True).click()
        for name, value in fields.items():
            if self.page.locator(f"input[type=radio][name={name}]").count():
                self.page.get_by_label(value, exact=True).check()
            else:
                self.page.fill(f"[name={name}]", value)
        self.press(save or label)
        self.page.wait_for_url(re.compile(r"/complaints/\d+/$"))

    def figure(self, month, measure, unit, statement="units"):
        """One number of a statement, unit by unit."""
        answer = self.page.request.get(f"/statements/{statement}/?format=json&by=thana&month={month:%Y-%m}")
        sheet = answer.json()
        row = next(row for row in sheet["rows"] if row[0].startswith(unit))
        return row[sheet["columns"].index(measure)]

    def take(self, step, back, **fields):
        """Take one step, known by its name in the address, of the case that is open; `back` is the page it leads back to."""
        link = self.page.locator(f"main a[href$='/moves/{step}/']").first
        link.evaluate("each => each.closest('details')?.setAttribute('open', '')")  # where the rarer steps are folded
        link.click()
        self.fill(**fields)
        self.send()
        self.page.wait_for_url(re.compile(back))

    def fill(self, **fields):
        """Fill fields in by their names: a radio or checkbox by its value, a single one by True, a list by its label."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]")
            kind = field.first.get_attribute("type")
            if value is True:
                field.check()
            elif kind in ("radio", "checkbox"):
                for each in [value] if isinstance(value, str) else value:
                    self.page.locator(f"main [name={name}][value='{each}']").check(force=True)
            elif field.first.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def send(self):
        self.page.locator("main form button:not([type=button])").first.click()

/* What a page does besides its markup. Everything works without this file; it only spares mistakes and waits. */
(function () {
  "use strict";

  // --- connection lost: say so before somebody presses "save" ---------------------------------------------------
  var offline = document.getElementById("offline");
  function connection() {
    if (offline) offline.hidden = navigator.onLine !== false;
  }
  window.addEventListener("online", connection);
  window.addEventListener("offline", connection);
  connection();
  document.addEventListener("htmx:sendError", function () {
    if (offline) offline.hidden = false;
  });
  document.addEventListener("htmx:afterOnLoad", connection);

  // --- confirm: <button data-confirm="Really?"> or <form data-confirm="…"> --------------------------------------
  var box = document.getElementById("confirm");
  function ask(text, then) {
    if (!box || !box.showModal) {
      if (window.confirm(text)) then();
      return;
    }
    box.querySelector("[data-text]").textContent = text;
    box.returnValue = "";
    box.onclose = function () {
      if (box.returnValue === "yes") then();
    };
    box.showModal();
  }

  // --- one submit is enough: a second click on a form on its way does nothing ------------------------------------
  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter || null;
    var text = (button && button.dataset.confirm) || form.dataset.confirm;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (text && !form.dataset.sure) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(text, function () {
        form.dataset.sure = "1";
        form.requestSubmit ? form.requestSubmit(button) : form.submit();
      });
      return;
    }
    delete form.dataset.sure;
    if (form.method !== "post") return;
    form.dataset.sent = "1";
    form.querySelectorAll("button:not([type=button])").forEach(function (each) {
      each.setAttribute("aria-disabled", "true");
    });
    // a download leaves the page standing: let it be asked for again
    setTimeout(release, 8000, form);
  }, true);
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // --- quick exit: leaves no way back to this page; Escape three times does the same ------------------------------
  var exit = document.querySelector("[data-exit]"), escapes = [];
  function leave(event) {
    if (event) event.preventDefault();
    document.body.hidden = true;
    window.location.replace(exit.href);
  }
  if (exit) {
    exit.addEventListener("click", leave);
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      escapes = escapes.filter(function (t) { return event.timeStamp - t < 2000; }).concat(event.timeStamp);
      if (escapes.length > 2) leave();
    });
  }

  // --- menus: Escape and a click elsewhere close them -------------------------------------------------------------
  function close(menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") document.querySelectorAll("details[data-menu][open]").forEach(close);
  });

  // --- print button; the summary of errors takes the focus ---------------------------------------------------------
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
  var wrong = document.querySelector(".error-box");
  if (wrong && !wrong.closest("[data-sample]")) wrong.focus();
})();

/* Registration: keeps a draft on the server while she talks, and looks for repeats. Nothing stays in the browser. */
(function () {
  "use strict";
  var form = document.getElementById("register");
  if (!form || !window.fetch) return;
  var saved = document.getElementById("saved"), repeats = document.getElementById("repeats");
  var key = form.elements.once.value, timer = null, pending = false;

  function send(url, then) {
    var typed = new FormData(form);
    typed.delete("files"); // papers go over the line once, with the complaint
    return fetch(url, { method: "POST", body: typed, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (!answer.ok) throw new Error("not saved");
        return then(answer);
      });
  }
  function save() {
    timer = null;
    send(form.dataset.draft.replace("KEY", key), function (answer) { return answer.json(); })
      .then(function (told) { pending = false; saved.textContent = told.saved; })
      .catch(function () { saved.textContent = "⏳"; timer = window.setTimeout(save, 10000); });
  }
  form.addEventListener("input", function () {
    pending = true;
    if (!timer) timer = window.setTimeout(save, 4000);
  });
  form.addEventListener("change", function (event) {
    if (event.target.name !== "phone" && event.target.name !== "name") return;
    send(form.dataset.repeats, function (answer) { return answer.text(); })
      .then(function (html) { repeats.innerHTML = html; })
      .catch(function () {});
  });
  form.addEventListener("submit", function () { pending = false; window.clearTimeout(timer); });
  window.addEventListener("beforeunload", function (event) { if (pending) event.preventDefault(); });
})();

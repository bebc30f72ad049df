(function () {
  "use strict";
  var root = document.documentElement;
  var buttons = Array.prototype.slice.call(document.querySelectorAll("[data-set-lang]"));
  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      var lang = button.getAttribute("data-set-lang");
      root.setAttribute("data-lang", lang);
      root.lang = lang === "en" ? "en" : "zh-CN";
      buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
    });
  });
  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.querySelectorAll("thead th").forEach(function (heading) {
      var button = heading.querySelector("button");
      if (button) { button.addEventListener("click", function () { sortBy(table, heading); }); }
    });
  });
  function openTarget() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  function sortBy(table, heading) {
    var column = heading.cellIndex;
    var numeric = heading.classList.contains("num");
    var down = heading.getAttribute("aria-sort") ? heading.getAttribute("aria-sort") === "ascending" : numeric;
    table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    var body = table.tBodies[0];
    Array.prototype.slice.call(body.rows)
      .map(function (row, place) { return { row: row, value: valueOf(row.cells[column]), place: place }; })
      .sort(function (a, b) { return compare(a.value, b.value) * (down ? -1 : 1) || a.place - b.place; })
      .forEach(function (item) { body.appendChild(item.row); });
  }
  function valueOf(cell) {
    var given = cell.getAttribute("data-sort");
    return given === null ? cell.textContent.trim() : Number(given);
  }
  function compare(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
  }
})();

"use strict";
// Sorting and filtering, for whoever has use for them: the page says the same without.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const groups = [...table.tBodies];
  const key = (group, column) => {
    const cell = group.rows[0].cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.classList.contains("minute")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falls = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falls ? "descending" : "ascending");
      const order = [...groups].sort((one, other) =>
        key(one, column).localeCompare(key(other, column), "en-GB", { numeric: true }));
      if (falls) order.reverse();
      table.append(...order);
    });
  });
}
const filter = (words, before, tables, done) => {
  const label = document.createElement("label");
  label.className = "filter";
  label.append(words);
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  before.before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase("en-GB");
    for (const table of tables) {
      for (const group of table.tBodies) {
        group.hidden = !group.textContent.toLocaleLowerCase("en-GB").includes(wanted);
      }
    }
    done?.();
  });
  return label;
};
const finds = document.querySelector("main[data-find]");
if (finds) {
  // One field for all tables; what it leaves is counted, for whoever does not see it.
  const tables = [...finds.querySelectorAll("table")];
  const found = document.createElement("p");
  found.setAttribute("role", "status");
  const rows = () => tables.flatMap((table) => [...table.tBodies]).filter((group) => !group.hidden).length;
  filter("Find a name", finds.firstElementChild, tables, () => {
    const count = rows();
    found.textContent = count === 1 ? "1 page is found." : `${count} pages are found.`;
  }).after(found);
} else {
  for (const table of document.querySelectorAll("table[data-filterable]")) {
    filter("Show only rows with", table.closest(".scroll"), [table]);
  }
}

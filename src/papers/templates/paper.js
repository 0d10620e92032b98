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
for (const table of document.querySelectorAll("table[data-filterable]")) {
  const label = document.createElement("label");
  label.className = "filter";
  label.append("Show only rows with");
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  table.closest(".scroll").before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase("en-GB");
    for (const group of table.tBodies) {
      group.hidden = !group.textContent.toLocaleLowerCase("en-GB").includes(wanted);
    }
  });
}

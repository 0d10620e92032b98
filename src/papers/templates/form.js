"use strict";
(() => {
  const section = document.getElementById("saving");
  const button = document.getElementById("save");
  const said = document.getElementById("saved");
  const text = document.getElementById("as-text").textContent;
  const copying = document.getElementById("copying");
  const copied = document.getElementById("copied");
  section.hidden = false;
  document.getElementById("by-hand").hidden = true;

  const answer = (question) => {
    const chosen = question.querySelector("input[type=radio]:checked");
    if (question.matches(".choice")) return chosen ? chosen.value || " " : " ";
    const typed = question.querySelector("input, textarea").value;
    return question.querySelector("textarea") ? typed.trim() : typed.replace(/\s+/g, " ").trim();
  };

  button.addEventListener("click", () => {
    let filled = text;
    for (const question of document.querySelectorAll("[data-mark]")) {
      filled = filled.split(question.dataset.mark).join(answer(question));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([filled], { type: "text/plain;charset=utf-8" }));
    link.download = button.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
    copied.value = filled;
    copying.hidden = false;
    said.textContent = `Saved as ${button.dataset.file}. Your browser says where.`;
  });
})();

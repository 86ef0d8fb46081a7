"use strict";
for (const section of document.querySelectorAll("section.status")) {
  const find = section.querySelector(".find");
  const rows = [...section.querySelectorAll("tbody tr")];
  if (!find) continue;
  const field = find.querySelector("input");
  const found = section.querySelector(".found");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const state = section.querySelector("input[name=state]:checked").value;
    let count = 0;
    rows.forEach((row, place) => {
      const fits = words.every((word) => texts[place].includes(word));
      row.hidden = !fits;
      count += fits && (state === "all" || row.dataset.state === state);
    });
    found.textContent = `${count} of ${rows.length} shown`;
  };
  find.hidden = false;
  section.addEventListener("input", show);
  show();
}

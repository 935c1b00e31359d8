"use strict";
// Sorting and searching of what is in the page already; the page's policy allows this script by its hash, and no other.

const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
const numeric = (table, column) => table.tBodies[0].rows[0]?.cells[column].dataset.key !== undefined;
const compare = new Intl.Collator(undefined, { numeric: true }).compare;

function sort(table, column, down) {
  const sign = down ? -1 : 1;
  const rows = [...table.tBodies[0].rows];
  const order = numeric(table, column) ? (a, b) => a - b : compare;
  table.tBodies[0].append(...rows.sort((a, b) => sign * order(key(a, column), key(b, column))));
}

for (const table of document.querySelectorAll(".sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const before = heading.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric(table, column);
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(table, column, down);
    });
  });
}

const searched = [...document.querySelector(".searched").tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
const box = document.querySelector(".search input");
const found = document.querySelector(".search output");
let picked = {};  // a mistake, and what the box says of it

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const made = (row) => row.dataset.made?.split(" ").includes(picked.number);
  let shown = 0;
  for (const [row, text] of searched) {
    row.hidden = !(box.value === picked.said ? made(row) : words.every((word) => text.includes(word)));
    shown += !row.hidden;
  }
  found.value = words.length ? `${shown} of ${searched.length}` : "";
}

box.addEventListener("input", search);
document.querySelector(".search").hidden = false;

// The number of students leads to those who made the mistake.
for (const number of document.querySelectorAll(".finds b[data-made]")) {
  const [, exercise, mistake] = number.closest("tr").cells;
  const button = document.createElement("button");
  button.type = "button";
  button.title = "Show who";
  button.append(...number.childNodes);
  number.append(button);
  button.addEventListener("click", () => {
    picked = { number: number.dataset.made, said: `${exercise.textContent}: ${mistake.querySelector("summary").textContent}` };
    box.value = picked.said;
    search();
    document.querySelector("#submissions").scrollIntoView();
  });
}

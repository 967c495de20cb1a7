// A search by words, with or without accents. The page is complete without it.
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
const box = document.getElementById("search");
const found = document.getElementById("found");
const items = [...document.querySelectorAll("article.entry")];
const rows = new Map([...document.querySelectorAll("tr.entry")].map((row) => [row.dataset.for, row]));
box.closest("p").hidden = false;
box.addEventListener("input", () => {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of items) {
    const fits = words.every((word) => item.dataset.words.includes(word));
    item.hidden = rows.get(item.dataset.number).hidden = !fits;
    count += fits;
  }
  found.textContent = words.length ? `${count} nhiệm vụ` : "";
});
// Tables of figures are folded on the screen; paper cannot unfold them.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});

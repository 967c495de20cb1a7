// A search by words, with or without accents. The page is complete without it.
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
const box = document.getElementById("search");
const found = document.getElementById("found");
const rows = [...document.querySelectorAll("tr.entry")].map((row) => ({
  row,
  card: document.getElementById(`v${row.dataset.for}`),
}));
// The words of an element without the floating explanations in it.
const own = (node) =>
  [...node.childNodes]
    .map((child) => (child.nodeType === Node.TEXT_NODE ? child.data : child.matches(".tip, sup") ? "" : own(child)))
    .join("");
const wordsOf = (entry) => {
  const parts = [entry.row.querySelector("th"), ...(entry.card?.querySelectorAll(".passage dd") ?? [])];
  entry.words ??= fold(parts.map((part) => (part ? own(part) : "")).join(" "));
  return entry.words;
};
box.closest("p").hidden = false;
box.addEventListener("input", () => {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const entry of rows) {
    const fits = words.every((word) => wordsOf(entry).includes(word));
    entry.row.hidden = !fits;
    if (entry.card) entry.card.hidden = !fits;
    count += fits;
  }
  found.textContent = words.length ? `${count} nhiệm vụ` : "";
});
// Tables of figures are folded on the screen; paper cannot unfold them.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});

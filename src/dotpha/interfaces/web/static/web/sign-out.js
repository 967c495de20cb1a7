// Whoever signs out leaves no words of his in this machine; whose session ran out finds them again.
const { user } = document.currentScript.dataset;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-signs-out]") || !navigator.onLine) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`dotpha-draft:${user}:`)) localStorage.removeItem(key);
  } catch {} // no store, nothing kept
});

// A button that copies the words of a field; without script the words are there to be marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !field) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    const said = button.innerHTML;
    button.textContent = "Đã chép";
    setTimeout(() => (button.innerHTML = said), 2000);
  });
}

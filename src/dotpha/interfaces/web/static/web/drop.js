// Choose or drop files, see what is chosen, and hear about limits before anything is sent.
// Without this script the page is a plain form with the browser's own file pickers.
const MB = 1024 * 1024;

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const size = (bytes) =>
  bytes < MB ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MB).toFixed(1).replace(".", ",")} MB`;

const problem = (files, limits) => {
  const { fileMb, uploadMb, files: most } = limits;
  if (files.length > Number(most)) return `Đồng chí chọn ${files.length} tệp; một lượt nhận tối đa ${most} tệp.`;
  const large = files.find((file) => file.size > fileMb * MB);
  if (large) return `Tệp “${large.name}” lớn hơn ${fileMb} MB, máy chủ không nhận.`;
  const all = files.reduce((sum, file) => sum + file.size, 0);
  return all > uploadMb * MB ? `Các tệp cộng lại vượt quá ${uploadMb} MB; đồng chí chia thành nhiều lượt.` : "";
};

const setUp = (frame, limits) => {
  const input = frame.querySelector("input[type=file]");
  const list = frame.querySelector(".chosen");
  const words = frame.querySelector(".drop-words");
  frame.classList.add("is-picked");
  if (words) words.hidden = false;

  const show = () => {
    const files = [...input.files];
    const complaint = problem(files, limits);
    const rows = files
      .slice(0, 12)
      .map((file) =>
        element("li", {}, element("span", { textContent: file.name }), element("span", { textContent: size(file.size) })),
      );
    const rest = files.length > 12 ? `và ${files.length - 12} tệp khác` : "";
    list.replaceChildren(
      element("ul", {}, ...rows),
      element("p", { className: "small quiet", textContent: rest }),
      element("p", { className: "field-error", textContent: complaint }),
    );
    input.setCustomValidity(complaint);
  };

  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    frame.addEventListener(kind, (event) => {
      event.preventDefault();
      frame.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) frame.addEventListener(kind, () => frame.classList.remove("is-over"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
};

// A wrong day is told before anything is sent: a page that comes back has lost the chosen files.
const isDay = (text) => {
  const vietnamese = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const machine = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!vietnamese && !machine) return false;
  const [day, month, year] = vietnamese ? vietnamese.slice(1).map(Number) : machine.slice(1).map(Number).reverse();
  const read = new Date(Date.UTC(2000, month - 1, day));
  read.setUTCFullYear(year, month - 1, day);
  return year > 0 && read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
};

const setUpDay = (input) => {
  const words = element("span", { className: "field-error", id: `${input.id}_complaint` });
  words.setAttribute("aria-live", "polite");
  input.after(words);
  const check = () => {
    const text = input.value.trim();
    const complaint = !text || isDay(text) ? "" : input.dataset.day;
    input.setCustomValidity(complaint);
    return complaint;
  };
  input.addEventListener("input", () => {
    if (!check()) words.textContent = "";
  });
  input.addEventListener("change", () => {
    words.textContent = check();
  });
  check();
};

for (const form of document.querySelectorAll("form[data-files]")) {
  for (const frame of form.querySelectorAll("[data-pick]")) setUp(frame, form.dataset);
  for (const input of form.querySelectorAll("[data-day]")) setUpDay(input);
  // What is wrong may stand in a part that is folded away, where the browser could not point at it.
  form.addEventListener("invalid", (event) => event.target.closest("details")?.setAttribute("open", ""), true);
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.textContent = "Đang gửi tệp…";
    button.setAttribute("aria-disabled", "true");
  });
}

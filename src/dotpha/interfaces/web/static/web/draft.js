// A draft that saves itself, survives a lost connection and never overwrites another window without asking.
// Without this script the page is a plain form: "Lưu nháp" saves, and every row can be added by a button.
const form = document.querySelector("form[data-draft]");
const state = document.getElementById("trang-thai");
const KEY = `dotpha-draft:${form.dataset.user}:${form.dataset.draft}`;
const PAUSE = 1500; // after the last key
const AGAIN = 10000; // while the server is not reached

const OFFLINE = "Mất kết nối: điều đồng chí ghi được giữ trong máy này, sẽ tự lưu khi có mạng.";
const BUSY = "Máy chủ đang ghi một việc lớn: điều đồng chí ghi chưa lưu, được giữ trong máy này và sẽ tự lưu lại.";
const SIGNED_OUT = "Phiên đăng nhập đã hết. Điều đồng chí ghi được giữ trong máy này: ";

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const version = form.elements.namedItem("version");
// A link in the words must stay where it is while somebody presses it.
const say = (...words) => {
  if (state.textContent !== words.map((each) => each.textContent ?? each).join("")) state.replaceChildren(...words);
};
const clock = (instant) => new Date(instant).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

// What was typed, as one text: the same fields that are sent.
const typed = () => {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && name !== "version" && name !== "tim") words.append(name, value);
  }
  return words.toString();
};

// The copy in this machine. A full or forbidden store only loses this second safety.
const keep = (words) => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ words, version: version.value, at: Date.now() }));
  } catch {}
};
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};
const forget = () => {
  try {
    localStorage.removeItem(KEY);
  } catch {}
};

let saved = typed();
let timer = 0;
let saving = null; // the request under way
let unanswered = null; // words and body of a request whose answer was lost
let stopped = false; // another window saved: the person decides
let shut = false; // the door is closed: signed out, or signed in anew elsewhere
let heard = saved; // the words the script last saw
let lastSaid = state.textContent; // when it was saved
let asking = false; // a copy in this machine waits for the person's answer
let leaving = false;

const isUnsaved = () => typed() !== saved;

const later = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

const changed = () => {
  const words = typed();
  if (words === heard) return;
  heard = words;
  if (!isUnsaved()) {
    if (!stopped && !shut) say(lastSaid);
    if (!asking) forget();
    return;
  }
  if (!asking) keep(words);
  if (stopped) return;
  if (navigator.onLine && !shut) say("Đang ghi…");
  later(PAUSE);
};

const showParts = (page) => {
  for (const part of page.querySelectorAll("[data-part]")) {
    const here = document.getElementById(part.id);
    if (!here) continue;
    const opened = [...here.querySelectorAll("details")].map((each) => each.open);
    part.querySelectorAll("details").forEach((each, place) => (each.open = Boolean(opened[place])));
    if (here.outerHTML !== part.outerHTML) here.replaceWith(document.importNode(part, true));
  }
};

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

const wasSaved = (page, words) => {
  const told = page.querySelector("[data-saved]");
  version.value = told.dataset.version;
  saved = words;
  shut = false;
  showParts(page);
  lastSaid = told.dataset.saved;
  say(lastSaid);
  if (isUnsaved()) later(PAUSE);
  else if (!asking) forget();
  return true;
};

const wasRefused = (page, status) => {
  showParts(page);
  stopped = status === 409;
  say(stopped ? "Chưa lưu: bản này đã được lưu ở nơi khác." : "Chưa lưu được.");
  const panel = document.getElementById("tu-choi");
  panel.scrollIntoView({ block: "center" });
  if (stopped) panel.focus({ preventScroll: true });
  return false;
};

const signedOut = () => {
  shut = true;
  keep(typed());
  say(SIGNED_OUT, element("a", { href: form.dataset.signIn, textContent: "đăng nhập lại" }), " để lưu tiếp.");
  return false;
};

// Signed in anew elsewhere, or no longer the one who writes this: a page opened now tells which.
const notTaken = () => {
  shut = true;
  keep(typed());
  const again = element("a", { href: form.action, textContent: "tải lại trang" });
  again.addEventListener("click", () => (leaving = true));
  say("Chưa lưu được vì trang mở từ lần đăng nhập trước. Điều đồng chí ghi được giữ trong máy này: ", again, ".");
  return false;
};

const tooMuch = () => {
  say("Chưa lưu được: bản này dài quá mức máy chủ nhận. Điều đồng chí ghi vẫn còn ở đây; đồng chí rút gọn để lưu.");
  return false;
};

const notReached = (words = "Máy chủ chưa trả lời: điều đồng chí ghi được giữ trong máy này, sẽ tự lưu lại.") => {
  say(navigator.onLine ? words : OFFLINE);
  later(AGAIN);
  return false;
};

const exchange = async (words, body) => {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual" });
  } catch {
    unanswered = [words, body];
    return notReached();
  }
  unanswered = null;
  if (answer.status === 200) {
    const page = parse(await answer.text());
    return page.querySelector("[data-saved]") ? wasSaved(page, words) : notReached();
  }
  if (answer.status === 409 || answer.status === 422) return wasRefused(parse(await answer.text()), answer.status);
  if (answer.type === "opaqueredirect" || answer.status === 204) return signedOut();
  if (answer.status === 403 || answer.status === 404) return notTaken();
  if (answer.status === 400 || answer.status === 413) return tooMuch();
  unanswered = [words, body];
  return answer.status === 503 ? notReached(BUSY) : notReached();
};

// What was sent and not answered may have been saved: it is asked again first, or one's own words would seem another's.
const send = async (knowingly) => {
  if (!asking) keep(typed());
  if (unanswered && !knowingly && unanswered[0] !== typed() && !(await exchange(...unanswered))) return false;
  const body = new URLSearchParams(new FormData(form));
  if (knowingly) body.set("keep", knowingly);
  return exchange(typed(), body);
};

// One request at a time; resolves to whether everything typed by then is saved.
async function save(knowingly) {
  clearTimeout(timer);
  if (saving) await saving;
  if (stopped && !knowingly) return false;
  if (!isUnsaved() && !knowingly) return true;
  stopped = false;
  saving = send(knowingly);
  const done = await saving;
  saving = null;
  return done;
}

const go = (address) => {
  leaving = true;
  location.assign(address);
};

// Rows: a pattern beside each list is copied with the next number.
const nextNumber = () =>
  1 + Math.max(-1, ...[...form.elements].map((each) => Number(/^indicators-(\d+)-/.exec(each.name)?.[1] ?? -1)));

const addRow = (button) => {
  const kind = button.dataset.more;
  const pattern = form.querySelector(`template[data-pattern="${kind}"]`);
  const list =
    kind === "history"
      ? button.parentElement.querySelector("[data-list]")
      : form.querySelector(`[data-list="${kind}"]`);
  const number = kind === "history" ? button.value.replace("history-", "") : String(nextNumber());
  const made = element("div", { innerHTML: pattern.innerHTML.replaceAll("__n__", number) });
  const row = made.firstElementChild;
  list.append(row);
  return row;
};

const dropRow = (button) => {
  const row = button.closest("[data-row]");
  const list = row.parentElement;
  row.remove();
  const button_ = form.querySelector(`[data-more="${list.dataset.list}"]`);
  if (!list.firstElementChild) addRow(button_);
  (list.querySelector("input:not([type=hidden])") ?? button_).focus();
};

// Puts the words of a copy into the page; rows are added until there are enough.
const fill = (words) => {
  const entries = new Map();
  for (const [name, value] of new URLSearchParams(words)) entries.set(name, [...(entries.get(name) ?? []), value]);
  const numbers = new Set([...entries.keys()].map((name) => /^indicators-(\d+)-/.exec(name)?.[1]).filter(Boolean));
  for (const row of form.querySelectorAll('[data-row="indicators"]')) {
    const number = /-(\d+)-/.exec(row.querySelector("[name^=indicators-]").name)[1];
    if (!numbers.delete(number)) row.remove();
  }
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const row = addRow(form.querySelector('[data-more="indicators"]'));
    const wrong = /indicators-(\d+)-/.exec(row.innerHTML)[1];
    row.innerHTML = row.innerHTML
      .replaceAll(`indicators-${wrong}`, `indicators-${number}`)
      .replaceAll(`i${wrong}-`, `i${number}-`)
      .replaceAll(`history-${wrong}`, `history-${number}`);
  }
  for (const [name, values] of entries) {
    const kind = name.startsWith("indicators-") ? `history-${/\d+/.exec(name)[0]}` : name.replace(/-[a-z]+$/, "");
    const more = form.querySelector(`[data-more][value="${kind}"]`);
    const isListed = /^indicators-\d+-(period|value)$|-(by|what|who)$/.test(name);
    while (isListed && more && form.querySelectorAll(`[name="${name}"]`).length < values.length) addRow(more);
  }
  for (const field of form.querySelectorAll("input, textarea, select")) {
    if (["csrfmiddlewaretoken", "version", "tim"].includes(field.name)) continue;
    const values = entries.get(field.name) ?? [];
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values.shift() ?? "";
  }
};

const offerCopy = () => {
  const copy = kept();
  if (!copy || copy.words === saved) return forget();
  asking = true;
  const box = document.getElementById("ban-trong-may");
  const done = () => {
    asking = false;
    box.hidden = true;
  };
  const take = element("button", { type: "button", className: "button", textContent: "Khôi phục" });
  const leave = element("button", { type: "button", className: "button button-quiet", textContent: "Bỏ bản trong máy" });
  take.addEventListener("click", () => {
    done();
    fill(copy.words);
    version.value = copy.version; // if somebody saved since, the server tells what differs
    save();
  });
  leave.addEventListener("click", () => {
    done();
    forget();
    if (isUnsaved()) later(0);
  });
  const words = `Trong máy này còn điều đồng chí ghi lúc ${clock(copy.at)} ngày ${new Date(copy.at).toLocaleDateString("vi-VN")} mà chưa lưu được lên máy chủ.`;
  const answers = element("p", { className: "actions" }, take, leave);
  const told = element("div", { className: "notice notice-warn" }, element("p", { textContent: words }), answers);
  told.setAttribute("role", "alert");
  box.replaceChildren(told);
  box.hidden = false;
};

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("focusout", () => isUnsaved() && !stopped && !shut && later(200));
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-more], [data-drop]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.more) addRow(button).querySelector("input:not([type=hidden])").focus();
  else dropRow(button);
  changed();
});
form.addEventListener("submit", async (event) => {
  const { name, value } = event.submitter ?? {};
  if (name === "find") {
    leaving = true; // the search is a page of its own; it saves first
    return;
  }
  event.preventDefault();
  const isDone = await save(name === "keep" ? value : undefined);
  if (isDone && name === "next") go(form.dataset.send);
  else if (isDone && name === "save") say(`Đã lưu lúc ${clock(Date.now())}`);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-take-theirs]");
  if (!link) return;
  event.preventDefault();
  forget();
  go(link.href);
});
addEventListener("online", () => isUnsaved() && save());
addEventListener("offline", () => {
  if (isUnsaved()) keep(typed());
  say(OFFLINE);
});
addEventListener("beforeunload", (event) => {
  if (!leaving && isUnsaved()) event.preventDefault();
});
offerCopy();

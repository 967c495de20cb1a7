// A report of thousands of items takes half a minute to write: say so until it is there.
// Without this script the links are plain downloads, and the browser shows that it waits.
const links = [...document.querySelectorAll("a[data-writing]")];
const words = document.getElementById("writing");

const take = async (link) => {
  const start = Date.now();
  const tell = () => {
    const seconds = Math.round((Date.now() - start) / 1000);
    words.textContent = `Đang viết “${link.dataset.writing}”${seconds > 2 ? `, đã ${seconds} giây` : ""}…`;
  };
  tell();
  words.hidden = false;
  const clock = setInterval(tell, 1000);
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const address = URL.createObjectURL(await answer.blob());
    const [, name] = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    words.textContent = `Đã viết xong “${link.dataset.writing}”.`;
  } catch {
    words.textContent =
      `Chưa tải được “${link.dataset.writing}”: máy chủ đang bận, báo cáo quá lớn hoặc kết quả đã hết hạn. ` +
      "Đồng chí đợi ít phút rồi tải lại; nếu vẫn chưa được, tải bảng Excel thay thế.";
  } finally {
    clearInterval(clock);
  }
};

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (words.dataset.busy) return;
    words.dataset.busy = "1";
    link.closest("details").open = false;
    take(link).finally(() => delete words.dataset.busy);
  });
}

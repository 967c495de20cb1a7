// A passkey that was not used (cancelled, none on this machine, an address without HTTPS) is told in words.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.querySelector("[data-passkey-error]") || document.createElement("p");
  said.className = "notice notice-error";
  said.setAttribute("role", "alert");
  said.dataset.passkeyError = "";
  said.textContent = "Chưa dùng được khóa truy cập: đồng chí đã hủy, máy này chưa có khóa, hoặc địa chỉ trang không phải https. Đồng chí thử lại hoặc dùng cách khác.";
  const place = document.querySelector("main h1");
  place.after(said);
});

"""Why the operating system refused, in Vietnamese; its own words and the names of temporary files never show."""

import errno
import socket

_REASONS = {
    errno.ENOENT: "thư mục hoặc tệp chưa có",
    errno.EACCES: "không có quyền ở đây",
    errno.EPERM: "không có quyền ở đây",
    errno.EISDIR: "đó là một thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EEXIST: "tên này đã có tệp khác dùng",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EFBIG: "tệp quá lớn đối với ổ đĩa này",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EIO: "ổ đĩa báo lỗi khi đọc hoặc ghi",
    errno.ELOOP: "liên kết trỏ vòng tròn",
    errno.ETXTBSY: "tệp đang được chương trình khác dùng",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENOMEM: "máy hết bộ nhớ",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.EADDRINUSE: "đang có chương trình khác dùng",
}


def reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "không có địa chỉ này"
    return _REASONS.get(error.errno or 0, f"hệ điều hành báo lỗi số {error.errno}" if error.errno else "chưa rõ vì sao")

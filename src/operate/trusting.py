"""What to tell people so that their devices trust the office's own authority."""

from operate.certificates import authority_file, fingerprint
from operate.places import OperateError, Places

STEPS = """
Các máy phải tin chứng thư {file}
Dấu vân tay SHA-256, so từng cặp trước khi tin:
  {fingerprint}

Debian/Ubuntu   cp authority.pem /usr/local/share/ca-certificates/congso.crt && update-ca-certificates
                Firefox và Chrome trên Linux: Cài đặt > Chứng chỉ > Tổ chức cấp > Nhập
Windows         certutil -addstore -f Root authority.pem   (quyền quản trị), cả cơ quan: Group Policy >
                Computer Configuration > Windows Settings > Security Settings > Public Key Policies >
                Trusted Root Certification Authorities
Android         Cài đặt > Bảo mật > Mã hóa và thông tin đăng nhập > Cài đặt chứng chỉ > Chứng chỉ CA
iOS, iPadOS     mở tệp để cài hồ sơ, rồi Cài đặt > Cài đặt chung > Giới thiệu > Cài đặt tin cậy chứng nhận > bật
macOS           security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain authority.pem

Chứng thư này chỉ bảo đảm cho các tên đã ghi khi tạo. Giữ kín authority.key: ai có nó giả được các tên ấy.
Với HTTP_PORT=80, máy trong mạng tải được tệp tại http://TÊN/congso-ca.crt
"""


def steps(places: Places) -> str:
    """How each kind of device is told, with the fingerprint to compare."""
    file = authority_file(places)
    if not file.is_file():
        raise OperateError("there is no authority of our own: ./congso certificate make NAME")
    return STEPS.format(file=file, fingerprint=fingerprint(file))

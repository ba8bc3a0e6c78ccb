import { words } from "../words/language";

const both = {
  signIn: ["Đăng nhập", "Sign in"],
  signOn: ["Đăng nhập bằng tài khoản thành phố", "Sign in with the city's account"],
  signOut: ["Đăng xuất", "Sign out"],
  name: ["Tên", "Name"],
  password: ["Mật khẩu", "Password"],
  newPassword: ["Mật khẩu mới (ít nhất 12 ký tự)", "New password (12 characters or more)"],
  code: ["Mã 6 số trong ứng dụng xác thực, hoặc mã dự phòng", "Six digits of your authenticator, or a recovery code"],
  lost: ["Quên mật khẩu hoặc mất điện thoại: nhờ quản trị viên tạo liên kết mới.", "Password forgotten or telephone lost: ask an administrator for a new link."],
  welcome: ["Tạo tài khoản", "Make your account"],
  renew: ["Đặt lại mật khẩu", "Set a new password"],
  goOn: ["Tiếp tục", "Go on"],
  second: ["Bước xác thực thứ hai", "The second factor"],
  scan: ["Người có quyền quyết định cần thêm một mã. Quét hình này bằng ứng dụng xác thực, hoặc gõ khóa:", "Whoever decides shows a code as well. Scan this with an authenticator, or type the key:"],
  thenType: ["Mã đang hiện trong ứng dụng", "The code that the authenticator shows"],
  keep: ["Ghi lại các mã dự phòng này ra giấy. Mỗi mã dùng một lần khi mất điện thoại; chúng không hiện lại.", "Write these recovery codes down. Each lets you in once when the telephone is lost; they are not shown again."],
  kept: ["Đã ghi lại", "Written down"],
  linkGone: ["Liên kết này không còn dùng được.", "This link works no more."],
  sessions: ["Phiên đăng nhập", "Sessions"],
  users: ["Người dùng", "Users"],
  here: ["phiên này", "this one"],
  end: ["Kết thúc", "End"],
  since: ["từ", "since"],
  seen: ["dùng lần cuối", "last used"],
  invite: ["Mời", "Invite"],
  reset: ["Liên kết đặt lại", "Reset link"],
  linkFor: ["Liên kết (dùng một lần, trong 24 giờ), chỉ hiện lần này:", "Link (once, within 24 hours), shown this once:"],
  role: ["Vai trò", "Role"],
  areas: ["Mã phường, cách nhau bằng dấu phẩy; để trống: cả thành phố", "Ward codes with commas; empty: everywhere"],
  everywhere: ["cả thành phố", "everywhere"],
  account: ["Tài khoản", "Account"],
  close: ["Đóng", "Close"],
  Viewer: ["xem", "viewer"],
  Technician: ["kỹ thuật", "technician"],
  Officer: ["trực ban", "officer"],
  Commander: ["chỉ huy", "commander"],
  Administrator: ["quản trị", "administrator"],
} as const;

export type Key = keyof typeof both;

export const word = words(both);

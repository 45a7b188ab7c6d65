import { AppError } from "../errors.ts";

const leastBytes = 10;
/** bcrypt looks at no more */
const mostBytes = 72;

/** Of the most used passwords those that are long enough to pass otherwise. */
const common = new Set([
  "1234567890",
  "0123456789",
  "0987654321",
  "1q2w3e4r5t",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "qwertyuiop",
  "qwerty12345",
  "qwerty123456",
  "password12",
  "password123",
  "password1234",
  "passw0rd123",
  "p@ssw0rd123",
  "password123!",
  "iloveyou12",
  "iloveyou123",
  "abcdefghij",
  "abcdefghijk",
  "abc1234567",
  "abcd123456",
  "aa12345678",
  "a123456789",
  "administrator",
  "changeme123",
  "welcome123",
  "welcome1234",
  "letmein123",
  "letmein1234",
  "trustno1234",
  "football12",
  "baseball12",
  "superman12",
  "sunshine12",
  "princess12",
  "monkey12345",
  "dragon12345",
  "asdfghjkl1",
  "asdfghjkl;",
  "zxcvbnm123",
  "qazwsxedc1",
  "12345678910",
  "123456789a",
  "123456789q",
  "123123123123",
  "1212121212",
  "1122334455",
  "9876543210",
  "india12345",
  "trailroom1",
  "trailroom123",
]); // prettier-ignore

const bytesOf = (password: string) => new TextEncoder().encode(password).length;

/** Whether it can be anybody's password: what is longer is refused without a look at any hash. */
export const canBePassword = (password: string) => bytesOf(password) <= mostBytes;

/** Throws weak_password: 10 to 72 bytes, not a common one, not one character, not the address. */
export function assertStrongPassword(password: string, email: string) {
  const lower = password.toLowerCase();
  const [local = ""] = email.toLowerCase().split("@");
  const isWeak =
    bytesOf(password) < leastBytes ||
    !canBePassword(password) ||
    common.has(lower) ||
    new Set(lower).size < 4 ||
    lower === email.toLowerCase() ||
    (local.length >= 6 && lower.startsWith(local) && lower.length - local.length < 4);
  if (isWeak) throw new AppError("weak_password");
}

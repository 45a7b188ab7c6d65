/** One plain addr-spec: no control characters, quotes, comments or characters that look like others. */
const form =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const mostLocal = 64;
const mostBytes = 254;

/** Whether mail may go to this address at all. ASCII alone: a look-alike letter never makes a second "same" address. */
export const isEmailAddress = (text: string) =>
  text.length <= mostBytes && text.indexOf("@") <= mostLocal && form.test(text);

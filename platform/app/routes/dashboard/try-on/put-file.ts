/** Puts a file into a file field, as if it had been chosen there: the form is then the same with and without a script. */
export function putFile(input: HTMLInputElement, file: File | null) {
  const files = new DataTransfer();
  if (file) files.items.add(file);
  input.files = files.files;
}

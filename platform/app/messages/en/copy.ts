/** The button that copies what stands beside it. */
export const copy = {
  copy: "Copy",
  done: "Copied",
  label: (what: string) => `Copy ${what}`,
};

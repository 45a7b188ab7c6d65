import type { MantineColorsTuple } from "@mantine/core";
import { Button, Checkbox, createTheme, NativeSelect, Textarea, TextInput } from "@mantine/core";

/** Names that Mantine's components look up; the colours themselves are in mantine.css, from our own tokens. */
const brand: MantineColorsTuple = [
  "#eef6f2",
  "#dcebe3",
  "#b9d8c8",
  "#92c3ab",
  "#6fb092",
  "#4f9a78",
  "#2b7757",
  "#1f5c43",
  "#184a36",
  "#113828",
];

export const theme = createTheme({
  colors: { brand },
  primaryColor: "brand",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  // as tall, and of as large a type, as the fields of all other pages
  components: {
    Button: Button.extend({ defaultProps: { size: "md" } }),
    Checkbox: Checkbox.extend({ defaultProps: { radius: 5, size: "md" } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: "md" } }),
    Textarea: Textarea.extend({ defaultProps: { size: "md" } }),
    TextInput: TextInput.extend({ defaultProps: { size: "md" } }),
  },
});

import type { MantineColorsTuple } from "@mantine/core";
import { Checkbox, createTheme } from "@mantine/core";

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
  components: { Checkbox: Checkbox.extend({ defaultProps: { radius: 5 } }) },
});

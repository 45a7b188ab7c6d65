import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import "./mantine.css";
import { theme } from "./theme.ts";

/** The document carries the colours (root.tsx): Mantine is told nothing of them and keeps nothing. */
const unmanaged = { get: () => "auto" as const, set() {}, subscribe() {}, unsubscribe() {}, clear() {} };

/** What pages with Mantine's components stand in; the others carry neither its styles nor its script. */
export const MantineForms = ({ children }: { children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    colorSchemeManager={unmanaged}
    getRootElement={() => undefined}
    withCssVariables={false}
    withGlobalClasses={false}
  >
    {children}
  </MantineProvider>
);

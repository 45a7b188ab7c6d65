import { Icon } from "./icon.tsx";

export const CheckIcon = () => (
  <Icon size={16}>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);
export const ShirtIcon = () => (
  <Icon>
    <path d="M9 4 4 6.5 2.5 11l3.5 1V20h12v-8l3.5-1L20 6.5 15 4a3 3 0 0 1-6 0Z" />
  </Icon>
);
export const HistoryIcon = () => (
  <Icon>
    <path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.75" />
  </Icon>
);
export const CodeIcon = () => (
  <Icon>
    <path d="m8.5 7.5-5 4.5 5 4.5M15.5 7.5l5 4.5-5 4.5" />
  </Icon>
);
export const CoinsIcon = () => (
  <Icon>
    <path d="M4 7c0-1.7 2.7-3 6-3s6 1.3 6 3-2.7 3-6 3-6-1.3-6-3ZM4 7v5c0 1.7 2.7 3 6 3M16 7v3M10 15v2c0 1.7 2.5 3 5.5 3s5.5-1.3 5.5-3v-3.5c0 1.7-2.5 3-5.5 3S10 15.200 10 13.500s2.500-3 5.500-3 5.500 1.300 5.500 3" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon size={18}>
    <path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14" />
  </Icon>
);
export const AgainIcon = () => (
  <Icon size={18}>
    <path d="M20 12a8 8 0 1 1-2.500-5.800L20 8.500M20 4v4.500h-4.500" />
  </Icon>
);
export const BinIcon = () => (
  <Icon size={18}>
    <path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v6M13.500 10.500v6" />
  </Icon>
);
export const PhotoIcon = () => (
  <Icon size={28}>
    <path d="M4 5.500h16v13H4ZM4 15.500l4.500-4.500 4 4 2.500-2.500 5 5" />
    <circle cx="15.500" cy="9.500" r="1.500" />
  </Icon>
);

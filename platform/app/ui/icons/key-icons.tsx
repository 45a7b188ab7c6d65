import { Icon } from "./icon.tsx";

export const KeyIcon = () => (
  <Icon>
    <circle cx="8" cy="15" r="4.5" />
    <path d="m11.5 11.5 8-8M16 7l3 3M13.5 9.5l2 2" />
  </Icon>
);
export const InstallIcon = () => (
  <Icon>
    <path d="m8.5 8-5 4.5 5 4.5M15.5 8l5 4.5-5 4.5M13.5 5l-3 15" />
  </Icon>
);

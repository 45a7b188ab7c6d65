/** Line drawings on a grid of 24. */
const paths = {
  close: "M6 6l12 12M18 6L6 18",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 10a3 3 0 100 6 3 3 0 000-6",
  shop: "M5 9v10h14V9M3 9l2-4h14l2 4zM9 19v-5h6v5",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18M12 7v5l3 2",
  shield: "M12 3l8 3v6q0 6-8 9-8-3-8-9V6zM9 12l2 2 4-4",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8M4 21q0-6 8-6t8 6",
  warn: "M12 4l9 16H3zM12 10v5M12 17.5v.01",
  done: "M5 13l4 4L19 7",
  moon: "M20 14A8 8 0 119.5 4 6.5 6.5 0 0020 14",
  download: "M12 4v11M7 10l5 5 5-5M5 20h14",
  share: "M12 15V4M7 8l5-5 5 5M6 12v8h12v-8",
  again: "M5 12a7 7 0 107-7H7M10 2L7 5l3 3",
};

export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);

/** What every page shares. */
export const site = {
  name: "TrailRoom",
  title: "TrailRoom: see it on yourself",
  description: "A try-on button for any shop's product page.",
  titleOf: (page: string) => `${page} · TrailRoom`,
  development: "Development mode: for this machine only.",
  skip: "Skip to the content",
  home: "TrailRoom, to the start page",
  colours: {
    label: "Colours",
    system: "System",
    light: "Light",
    dark: "Dark",
    apply: "Use",
  },
  errors: {
    404: { title: "There is nothing here", text: "The page may have moved, or the address has a slip in it." },
    403: {
      title: "This is not allowed",
      text: "The form was too old or came from somewhere else. Go back and try again.",
    },
    other: { title: "This did not work", text: "Something went wrong on our side. Trying again in a moment may help." },
    back: "Back to the start",
    dashboard: "To the dashboard",
    code: (status: number) => `Error ${status}`,
  },
};

/** The frame of the dashboard. */
export const dashboard = {
  navigation: "Main navigation",
  openNavigation: "Menu",
  closeNavigation: "Close the menu",
  entries: {
    home: "Home",
    tryOn: "Generate try-on",
    history: "History",
    playground: "API playground",
    credits: "Credits",
    settings: "Settings",
    keys: "API keys",
    install: "Install",
  },
  account: (email: string) => `Account ${email}`,
  signOut: "Sign out",
  credits: (count: string) => `${count} credits`,
  creditsTitle: (paid: string, free: string) => `${paid} bought, ${free} free today`,
  suspended: "Your account is suspended. You can read everything, but create nothing.",
  unverified: "Verify your e-mail address: free credits and live keys work after that.",
  verify: "Send the mail again",
  /** what a form did, by the `done` of the page that it leads to */
  done: {
    saved: "Saved.",
    password: "Your new password is set. You are signed out everywhere else.",
    "address-asked": "Look into the mailbox of the new address: the link in our mail makes it count.",
    "mfa-off": "The second step is off.",
    "signed-out": "Signed out there.",
    "key-saved": "The key's settings are saved.",
    "key-revoked": "The key is revoked.",
    verified: "Your address is verified. Free credits and live keys work now.",
  } as Record<string, string>,
  loading: "Loading…",
  home: {
    title: "Home",
    greeting: (name: string) => `Hello, ${name}`,
  },
};

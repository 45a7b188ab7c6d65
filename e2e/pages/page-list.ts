/** A page that a person looks at, and what it is held to. */
export interface ListedPage {
  /** names its screenshots */
  name: string;
  /** `:jobId` stands for a finished try-on of the merchant */
  path: string;
  as: "visitor" | "merchant";
  /** gzip, all scripts that a first visit loads */
  maxScriptKb: number;
  /** 404 for the page that says so */
  status?: number;
}

const plainKb = 180;
const chartKb = 200;
const landingKb = 100;
/** their copy button */
const docsKb = 10;

const visitor = (name: string, path: string, more: Partial<ListedPage> = {}): ListedPage => ({
  name,
  path,
  as: "visitor",
  maxScriptKb: plainKb,
  ...more,
});

const merchant = (name: string, path: string, more: Partial<ListedPage> = {}): ListedPage => ({
  ...visitor(name, path, more),
  as: "merchant",
});

/** Every page: each is measured in access.test.ts and bench/pages.ts, and kept as pictures in screenshots.test.ts. */
export const pageList: ListedPage[] = [
  visitor("landing", "/", { maxScriptKb: landingKb }),
  visitor("not-found", "/no-such-page", { status: 404 }),

  visitor("docs", "/docs", { maxScriptKb: docsKb }),
  visitor("docs-quick-start", "/docs/quick-start", { maxScriptKb: docsKb }),
  visitor("docs-shop", "/docs/shop", { maxScriptKb: docsKb }),
  visitor("docs-widget", "/docs/widget", { maxScriptKb: docsKb }),
  visitor("docs-api", "/docs/api", { maxScriptKb: docsKb }),
  visitor("docs-api-try-on", "/docs/api/try-on", { maxScriptKb: docsKb }),
  visitor("docs-test-mode", "/docs/test-mode", { maxScriptKb: docsKb }),
  visitor("docs-errors", "/docs/errors", { maxScriptKb: docsKb }),
  visitor("docs-engine", "/docs/engine", { maxScriptKb: docsKb }),
  visitor("docs-webhooks", "/docs/webhooks", { maxScriptKb: docsKb }),
  visitor("docs-changelog", "/docs/changelog", { maxScriptKb: docsKb }),

  visitor("login", "/login"),
  visitor("register", "/register"),
  visitor("verify-email", "/verify-email"),
  visitor("forgot-password", "/forgot-password"),
  visitor("reset-password", "/reset-password"),

  merchant("dashboard", "/dashboard", { maxScriptKb: chartKb }),
  merchant("try-on", "/dashboard/try-on"),
  merchant("history", "/dashboard/history"),
  merchant("job", "/dashboard/history/:jobId"),
  merchant("credits", "/dashboard/credits"),
  merchant("keys", "/dashboard/keys"),
  merchant("install", "/dashboard/install"),
  merchant("playground", "/dashboard/playground"),
  merchant("welcome", "/welcome"),
  merchant("settings", "/dashboard/settings"),
  merchant("settings-security", "/dashboard/settings/security"),
  merchant("settings-billing", "/dashboard/settings/billing"),
  merchant("settings-try-on", "/dashboard/settings/try-on"),
  merchant("settings-data", "/dashboard/settings/data"),
];

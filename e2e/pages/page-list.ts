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
/** pages of plain HTML, whose script only copies code */
const docsKb = 5;

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

/** Every page: each is measured in bars.test.ts and kept as pictures in screenshots.test.ts. */
export const pageList: ListedPage[] = [
  visitor("landing", "/", { maxScriptKb: landingKb }),
  visitor("docs", "/docs", { maxScriptKb: docsKb }),
  visitor("docs-quick-start", "/docs/quick-start", { maxScriptKb: docsKb }),
  visitor("docs-errors", "/docs/errors", { maxScriptKb: docsKb }),
  visitor("login", "/login"),
  merchant("dashboard", "/dashboard", { maxScriptKb: chartKb }),
  merchant("keys", "/dashboard/keys"),
  merchant("install", "/dashboard/install"),
  merchant("try-on", "/dashboard/try-on"),
  merchant("history", "/dashboard/history"),
  merchant("job", "/dashboard/history/:jobId"),
  merchant("playground", "/dashboard/playground"),
  merchant("credits", "/dashboard/credits"),
  visitor("not-found", "/no-such-page", { status: 404 }),
];

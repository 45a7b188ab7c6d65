import type { RouteConfig } from "@remix-run/route-config";
import { index, layout, prefix, route } from "@remix-run/route-config";

/** The public pages. */
const publicPages = [
  index("./routes/public/landing.tsx"),
  route("docs", "./routes/public/docs/layout.tsx", [
    index("./routes/public/docs/index.tsx"),
    route("errors", "./routes/public/docs/errors.tsx"),
    route("api", "./routes/public/docs/api.tsx"),
    route("api/:section", "./routes/public/docs/api-section.tsx"),
    route(":page", "./routes/public/docs/page.tsx"),
  ]),
  route("colour-scheme", "./routes/colour-scheme.ts"),
];

/** Signing up, in and out, and where the links of mails lead. */
const signIn = [
  layout("./routes/sign-in/layout.tsx", [
    route("login", "./routes/sign-in/login.tsx"),
    route("login/second-factor", "./routes/sign-in/second-factor.tsx"),
    route("register", "./routes/sign-in/register.tsx"),
    route("welcome", "./routes/sign-in/welcome.tsx"),
    route("verify-email", "./routes/sign-in/verify-email.tsx"),
    route("forgot-password", "./routes/sign-in/forgot-password.tsx"),
    route("reset-password", "./routes/sign-in/reset-password.tsx"),
  ]),
  route("sign-out", "./routes/sign-in/sign-out.ts"),
];

/** Try-ons and credits, and the files and streams of those pages. */
const work = [
  route("try-on", "./routes/dashboard/try-on/try-on.tsx"),
  route("history", "./routes/dashboard/history/history.tsx"),
  route("history/:jobId", "./routes/dashboard/history/job.tsx"),
  route("playground", "./routes/dashboard/playground/playground.tsx"),
  route("credits", "./routes/dashboard/credits/credits.tsx"),
];
const workFiles = [
  route("try-on/check", "./routes/dashboard/try-on/check.ts"),
  route("history.csv", "./routes/dashboard/history/csv.ts"),
  route("history/:jobId/state", "./routes/dashboard/history/state.ts"),
  route("history/:jobId/state/events", "./routes/dashboard/history/events.ts"),
  route("history/:jobId/picture/:kind", "./routes/dashboard/history/picture.ts"),
  route("credits.csv", "./routes/dashboard/credits/csv.ts"),
];

/** Keys, and what puts the button on a shop. */
const keys = [
  route("keys", "./routes/dashboard/keys/keys.tsx"),
  route("install", "./routes/dashboard/install/install.tsx"),
];

/** What a signed-in merchant works with. */
const settings = [
  layout("./routes/dashboard/settings/layout.tsx", [
    route("settings", "./routes/dashboard/settings/profile.tsx"),
    route("settings/security", "./routes/dashboard/settings/security.tsx"),
    route("settings/billing", "./routes/dashboard/settings/billing.tsx"),
    route("settings/try-on", "./routes/dashboard/settings/try-on.tsx"),
    route("settings/data", "./routes/dashboard/settings/data.tsx"),
  ]),
];
const dashboard = prefix("dashboard", [
  layout("./routes/dashboard/layout.tsx", { id: "routes/dashboard/layout" }, [
    index("./routes/dashboard/home/home.tsx"),
    ...work,
    ...keys,
    ...settings,
  ]),
  ...workFiles,
  route("settings/export", "./routes/dashboard/settings/export.ts"),
]);

export default [...publicPages, ...signIn, ...dashboard, route("*", "./routes/not-found.tsx")] satisfies RouteConfig;

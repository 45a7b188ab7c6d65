import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import "./app.css";
import { useStyles } from "./inline-styles.ts";
import { site } from "./messages/en/site.ts";
import { useNonce } from "./nonce.ts";
import type { RouteHandle } from "./route-handle.ts";
import { readColourScheme } from "./session/colour-scheme.ts";
import { ErrorPage } from "./ui/error-page.tsx";
import { errorWords } from "./ui/error-words.ts";

export const links: LinksFunction = () => [{ rel: "icon", href: "/icon.svg", type: "image/svg+xml" }];
export const meta: MetaFunction = ({ error }) => {
  const title = error ? site.titleOf(errorWords(statusOf(error)).title) : site.title;
  return [{ title }, { name: "description", content: site.description }];
};

const statusOf = (error: unknown) => (isRouteErrorResponse(error) ? error.status : 500);

export const loader = ({ request, context }: LoaderFunctionArgs) => ({
  colourScheme: readColourScheme(request),
  development: context.development,
});

/** The document of every page. The chosen colours are in the HTML itself, so that nothing flashes and no script is needed. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const styles = useStyles();
  const scheme = useRouteLoaderData<typeof loader>("root")?.colourScheme ?? "system";
  const isStatic = useMatches().some(({ handle }) => (handle as RouteHandle | undefined)?.isStatic);
  return (
    <html lang="en" data-colour-scheme={scheme} data-mantine-color-scheme={scheme === "system" ? "auto" : scheme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={scheme === "system" ? "light dark" : scheme} />
        <Meta />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own stylesheets, which React would escape */}
        <style data-page nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: styles }} />
        <Links />
      </head>
      <body>
        {children}
        {!isStatic && <ScrollRestoration nonce={nonce} />}
        {!isStatic && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage status={statusOf(useRouteError())} />;
}

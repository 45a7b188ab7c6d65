import type { LinksFunction, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "@remix-run/react";
import type { ReactNode } from "react";
import appCss from "./app.css?url";
import { useNonce } from "./nonce.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: appCss }];
export const meta: MetaFunction = () => [
  { title: "TrailRoom: see it on yourself" },
  { name: "description", content: "A try-on button for any shop's product page." },
];

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return (
    <main className="page">
      <h1>This did not work</h1>
      <p>
        Something went wrong on our side. <a href="/">Back to the start</a>
      </p>
    </main>
  );
}

import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

export function loader({ context }: LoaderFunctionArgs) {
  const { shopUrl, version, development } = context;
  return { shopUrl, version, development };
}

interface Door {
  href: string;
  title: string;
  text: string;
}

const doors = (shopUrl: string | null): Door[] => [
  ...(shopUrl
    ? [{ href: shopUrl, title: "Demo shop", text: "Open a product, tap Try it on, and see it on yourself." }]
    : []),
  { href: "/api/v1/docs", title: "API reference", text: "Every endpoint with its fields, errors and examples." },
  { href: "/docs/errors", title: "Error codes", text: "What each code means and whether to try again." },
  { href: "/readyz", title: "Health", text: "Whether the store, the images and the engine answer." },
];

export default function Home() {
  const { shopUrl, version, development } = useLoaderData<typeof loader>();
  return (
    <main className="page">
      {development && <p className="banner">Development mode: for this machine only.</p>}
      <p className="brand">TrailRoom</p>
      <h1>See it on yourself, before you buy.</h1>
      <p className="lead">
        One button on a product page. The shopper gives a photo, the garment appears on them in seconds, and the photo
        is gone within a day.
      </p>
      <ul className="doors">
        {doors(shopUrl).map((door) => (
          <li key={door.href}>
            <a href={door.href}>
              <strong>{door.title}</strong>
              <span>{door.text}</span>
            </a>
          </li>
        ))}
      </ul>
      <footer>TrailRoom {version}</footer>
    </main>
  );
}

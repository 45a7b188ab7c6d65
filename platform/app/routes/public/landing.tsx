import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Hero } from "../../landing/hero.tsx";
import { How } from "../../landing/how.tsx";
import { Limits } from "../../landing/limits.tsx";
import { Live } from "../../landing/live.tsx";
import { Pricing } from "../../landing/pricing.tsx";
import { Close, Developers, Facts, Merchants, Privacy } from "../../landing/sections.tsx";
import { landing } from "../../messages/en/landing.ts";
import { publicTexts } from "../../messages/en/public.ts";
import copyScript from "../../public/copy.js?url&no-inline";
import landingScript from "../../public/landing.js?url&no-inline";
import "../../public/public.css";
import { PublicFrame } from "../../public/public-frame.tsx";
import type { RouteHandle } from "../../route-handle.ts";

export const handle: RouteHandle = { isStatic: true };

export const meta: MetaFunction = () => [
  { title: landing.title },
  { name: "description", content: landing.description },
];

export const loader = ({ context: { shopUrl, version, publicUrl, siteKey } }: LoaderFunctionArgs) => ({
  shopUrl,
  version,
  publicUrl,
  siteKey,
});

/** What TrailRoom is, to be tried on the page itself. Its only scripts are the widget's loader and two small helps. */
export default function Landing() {
  const { shopUrl, version, publicUrl, siteKey } = useLoaderData<typeof loader>();
  return (
    <PublicFrame version={version} shopUrl={shopUrl}>
      <main id="main">
        <Hero />
        <Facts />
        <Live siteKey={siteKey} />
        <How />
        <Merchants />
        <Limits />
        <Privacy />
        <Developers publicUrl={publicUrl} />
        <Pricing />
        <Close />
      </main>
      <script type="module" src="/v1/trailroom.js" />
      <script type="module" src={landingScript} />
      <script type="module" src={copyScript} data-copy={publicTexts.copy} data-copied={publicTexts.copied} />
    </PublicFrame>
  );
}

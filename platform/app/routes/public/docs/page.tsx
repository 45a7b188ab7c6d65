import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import changelog from "../../../../../docs/changelog.md?page";
import engine from "../../../../../docs/engine.md?page";
import shop from "../../../../../docs/merchant.md?page";
import quickStart from "../../../../../docs/quick-start.md?page";
import testMode from "../../../../../docs/test-mode.md?page";
import webhooks from "../../../../../docs/webhooks.md?page";
import widget from "../../../../../docs/widget.md?page";
import { Prose } from "../../../docs/prose.tsx";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

/** The repository's own pages that are everybody's, by their name on the site. */
const pages = new Map(
  Object.entries({
    "quick-start": { page: quickStart, name: docs.pages.quickStart },
    shop: { page: shop, name: docs.pages.shop },
    widget: { page: widget, name: docs.pages.widget },
    "test-mode": { page: testMode, name: docs.pages.testMode },
    engine: { page: engine, name: docs.pages.engine },
    webhooks: { page: webhooks, name: docs.pages.webhooks },
    changelog: { page: changelog, name: docs.pages.changelog },
  }),
);

export function loader({ params, context }: LoaderFunctionArgs) {
  const name = params.page ?? "";
  if (!pages.has(name)) throw new Response(null, { status: 404 });
  return { name, publicUrl: context.publicUrl };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: site.titleOf(pages.get(data?.name ?? "")?.name ?? docs.title) },
];

export default function DocsPage() {
  const { name, publicUrl } = useLoaderData<typeof loader>();
  const found = pages.get(name);
  return found ? <Prose page={found.page} publicUrl={publicUrl} /> : null;
}

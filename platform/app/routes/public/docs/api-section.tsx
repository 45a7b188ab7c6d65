import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EndpointView } from "../../../docs/api/endpoint-view.tsx";
import type { ApiDocument } from "../../../docs/api/open-api.ts";
import { apiSections } from "../../../docs/api/open-api.ts";
import { DocPage } from "../../../docs/doc-page.tsx";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

export function loader({ params, context }: LoaderFunctionArgs) {
  const document = context.openApi();
  const section = apiSections(document).find(({ slug }) => slug === params.section);
  if (!section) throw new Response(null, { status: 404 });
  const { name, slug } = section;
  // as text: thousands of small objects would take the framework a tenth of a second to pass on
  return { name, slug, document: JSON.stringify(document), base: `${context.publicUrl}/api/v1` };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: site.titleOf(data ? `${data.name}, ${docs.api.title}` : docs.api.title) },
];

export default function ApiSection() {
  const { name, slug, document: text, base } = useLoaderData<typeof loader>();
  const document: ApiDocument = JSON.parse(text);
  const endpoints = apiSections(document).find((section) => section.slug === slug)?.endpoints ?? [];
  const toc = endpoints.map(({ id, operation }) => ({ id, text: operation.summary ?? id }));
  return (
    <DocPage title={name} lead={docs.api.tagLeads[name]} toc={toc}>
      {endpoints.map((endpoint) => (
        <EndpointView key={endpoint.id} endpoint={endpoint} document={document} base={base} />
      ))}
    </DocPage>
  );
}

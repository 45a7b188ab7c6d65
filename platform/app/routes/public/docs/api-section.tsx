import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EndpointView } from "../../../docs/api/endpoint-view.tsx";
import type { ApiDocument, Endpoint } from "../../../docs/api/open-api.ts";
import { apiSections } from "../../../docs/api/open-api.ts";
import { DocPage } from "../../../docs/doc-page.tsx";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

interface SectionData {
  name: string;
  endpoints: Endpoint[];
  document: ApiDocument;
  base: string;
}

export function loader({ params, context }: LoaderFunctionArgs): SectionData {
  const document = context.openApi();
  const section = apiSections(document).find(({ slug }) => slug === params.section);
  if (!section) throw new Response(null, { status: 404 });
  return { ...section, document, base: `${context.publicUrl}/api/v1` };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: site.titleOf(data ? `${data.name}, ${docs.api.title}` : docs.api.title) },
];

export default function ApiSection() {
  // what the loader gave, as it is: this page is never sent to a browser's script
  const { name, endpoints, document, base } = useLoaderData() as SectionData;
  const toc = endpoints.map(({ id, operation }) => ({ id, text: operation.summary ?? id }));
  return (
    <DocPage title={name} lead={docs.api.tagLeads[name]} toc={toc}>
      {endpoints.map((endpoint) => (
        <EndpointView key={endpoint.id} endpoint={endpoint} document={document} base={base} />
      ))}
    </DocPage>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { apiSections } from "../../../docs/api/open-api.ts";
import { playgroundWords as words } from "../../../messages/en/playground.ts";
import { site } from "../../../messages/en/site.ts";
import { toRequestForm } from "../../../playground/to-request-form.ts";
import { requirePage } from "../../../session/require-page.ts";
import { PageHeader } from "../../../ui/page-header.tsx";
import styles from "./playground.module.css";
import { RequestBuilder } from "./request-builder.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

const first = "post-tryon";

export async function loader(args: LoaderFunctionArgs) {
  await requirePage(args);
  const document = args.context.openApi();
  const sections = apiSections(document);
  const wanted = new URL(args.request.url).searchParams.get("endpoint");
  const endpoints = sections.flatMap((section) => section.endpoints);
  const endpoint = [wanted, first].flatMap((id) => endpoints.find((one) => one.id === id) ?? [])[0] ?? endpoints[0];
  if (!endpoint) throw new Response("not found", { status: 404 });
  return {
    base: `${args.context.publicUrl}/api/v1`,
    form: toRequestForm(endpoint, document),
    sections: sections.map(({ name, endpoints: own }) => ({
      name,
      endpoints: own.map(({ id, method, path }) => ({ id, text: `${method} ${path}` })),
    })),
  };
}

type Data = Awaited<ReturnType<typeof loader>>;

function Endpoints({ sections, current }: { sections: Data["sections"]; current: string }) {
  const submit = useSubmit();
  return (
    <Form method="get" className={styles.choose} onChange={(event) => submit(event.currentTarget)}>
      <label>
        {words.endpoint}
        <select key={current} name="endpoint" defaultValue={current} className={styles.control}>
          {sections.map(({ name, endpoints }) => (
            <optgroup key={name} label={name}>
              {endpoints.map(({ id, text }) => (
                <option key={id} value={id}>
                  {text}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <noscript>
        <button type="submit" className="button quiet">
          {words.choose}
        </button>
      </noscript>
    </Form>
  );
}

export default function Playground() {
  const { base, form, sections } = useLoaderData<typeof loader>();
  // kept while endpoints are looked through, and nowhere else
  const [secret, setSecret] = useState("");
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Endpoints sections={sections} current={form.id} />
      <RequestBuilder key={form.id} form={form} base={base} secret={secret} onSecret={setSecret} />
    </>
  );
}

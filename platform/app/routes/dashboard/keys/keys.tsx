import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { keys as words } from "../../../messages/en/keys.ts";
import { site } from "../../../messages/en/site.ts";
import { pageAction } from "../../../session/page-action.ts";
import { requirePage } from "../../../session/require-page.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import type { MadeKey } from "./key-actions.ts";
import { actOnKeys } from "./key-actions.ts";
import { KeyCard } from "./key-card.tsx";
import styles from "./keys.module.css";
import { NewKey } from "./new-key.tsx";
import { toKeyView } from "./to-key-view.ts";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  const { keys, now } = await context.keys.listWithBudgets(user.id);
  const views = keys.map(({ key, today }) => toKeyView(key, today, now));
  return {
    alive: views.filter(({ state }) => state !== "ended"),
    ended: views.filter(({ state }) => state === "ended"),
  };
}

export const action = pageAction(actOnKeys, { texts: { conflict: words.tooMany } });

const saidOf = {
  secret: words.secret,
  publishable: { ...words.secret, title: words.secret.publishable, text: words.secret.publishableText },
  session: words.session,
};

function Made({ kind, secret }: MadeKey["made"][number]) {
  const said = saidOf[kind];
  return (
    <div className={styles.made}>
      <Notice kind="ok" title={said.title}>
        <p>{said.text}</p>
        <div className={styles.value}>
          <code>{secret}</code>
          <CopyButton text={secret} label={said.label} />
        </div>
      </Notice>
    </div>
  );
}

export default function Keys() {
  const { alive, ended } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const made = answer && "made" in answer ? answer.made : [];
  const fault = answer && "fields" in answer ? answer : null;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead}>
        <a className="button quiet" href="/dashboard/install">
          {words.install}
        </a>
      </PageHeader>
      <div className={styles.list}>
        {made.map((one) => (
          <Made key={one.kind} {...one} />
        ))}
        <NewKey key={alive.length} isOpen={alive.length === 0} fault={fault?.intent === "create" ? fault : null} />
        {alive.length === 0 && (
          <section className={styles.empty}>
            <h2>{words.empty.title}</h2>
            <p>{words.empty.text}</p>
          </section>
        )}
        {alive.map((key) => (
          <KeyCard key={key.id} of={key} fault={fault} />
        ))}
        {ended.length > 0 && (
          <details className={styles.ended}>
            <summary className={styles.endedTitle}>{words.ended(ended.length)}</summary>
            <div className={styles.list}>
              {ended.map((key) => (
                <KeyCard key={key.id} of={key} fault={null} />
              ))}
            </div>
          </details>
        )}
      </div>
    </>
  );
}

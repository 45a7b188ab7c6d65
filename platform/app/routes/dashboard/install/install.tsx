import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { isKeyAlive } from "../../../../core/api-keys/create-key-service.ts";
import { install as words } from "../../../messages/en/install.ts";
import { site } from "../../../messages/en/site.ts";
import { pageAction } from "../../../session/page-action.ts";
import { requirePage } from "../../../session/require-page.ts";
import { PageHeader } from "../../../ui/page-header.tsx";
import { CheckPage } from "./check-page-form.tsx";
import { CheckPicture } from "./check-picture-form.tsx";
import { FirstKey } from "./first-key.tsx";
import styles from "./install.module.css";
import { actOnInstall } from "./install-actions.ts";
import { KeySection } from "./key-section.tsx";
import type { Look } from "./look.ts";
import { readLook } from "./look.ts";
import { LookEditor } from "./look-editor.tsx";
import { PreviewLink } from "./preview-link-form.tsx";
import { SnippetSection } from "./snippet-section.tsx";
import type { Platform } from "./write-snippet.ts";
import { platforms } from "./write-snippet.ts";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  const { searchParams } = new URL(request.url);
  const { keys: all, now } = await context.keys.listWithBudgets(user.id);
  const keys = all
    .filter(({ key }) => key.kind === "publishable" && isKeyAlive(key, now) && key.expires_at === null)
    // the one that shoppers will use comes first
    .sort((a, b) => Number(b.key.mode === "live") - Number(a.key.mode === "live"))
    .map(({ key }) => ({
      id: key.id,
      name: key.name,
      mode: key.mode,
      value: key.public_value ?? "",
      origins: key.allowed_origins,
    }));
  const chosen = keys.find(({ id }) => id === searchParams.get("key")) ?? keys[0] ?? null;
  const platform = platforms.find((one) => one === searchParams.get("platform")) ?? "html";
  const isTriable = chosen?.mode === "live" && user.is_email_verified && !user.is_suspended;
  return {
    keys: keys.map(({ id, name, mode }) => ({ id, name, mode })),
    chosen,
    platform: platform as Platform,
    look: readLook(searchParams),
    platformUrl: context.publicUrl,
    preview: isTriable ? context.previews.forDashboard(user) : null,
    previewsLeft: await context.previews.leftToday(user),
    isVerified: user.is_email_verified,
  };
}

export const action = pageAction(actOnInstall, { texts: { image_url_unreachable: words.checkPicture.unreachable } });

export default function Install() {
  const data = useLoaderData<typeof loader>();
  const { chosen } = data;
  const answer = useActionData<typeof action>();
  const [look, setLook] = useState<Look>(data.look);
  const fault = answer && "fields" in answer ? answer : null;
  const result = answer && "typed" in answer ? answer : null;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div className={styles.page}>
        {chosen === null ? (
          <FirstKey fault={fault} />
        ) : (
          <>
            <KeySection keys={data.keys} chosen={chosen} />
            <SnippetSection {...data} publishableKey={chosen.value} keyId={chosen.id} look={look} />
            <LookEditor {...data} publishableKey={chosen.value} keyId={chosen.id} look={look} onLook={setLook} />
            <div className={styles.tools}>
              <CheckPage result={result?.intent === "check-page" ? result : null} fault={fault} />
              <CheckPicture result={result?.intent === "check-picture" ? result : null} fault={fault} />
              <PreviewLink result={result?.intent === "link" ? result : null} fault={fault} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

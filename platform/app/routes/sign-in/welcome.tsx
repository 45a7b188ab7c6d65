import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { requirePage } from "../../session/require-page.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: site.titleOf(words.welcome.title(data?.name ?? "")) },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  return { name: user.first_name ?? user.email, email: user.email, isVerified: user.is_email_verified };
}

export default function Welcome() {
  const { name, email, isVerified } = useLoaderData<typeof loader>();
  return (
    <div className="stack">
      <div>
        <h1>{words.welcome.title(name)}</h1>
        <p className="field-hint">{words.welcome.lead}</p>
      </div>
      <ol className="steps">
        {!isVerified && (
          <li>
            <strong>{words.welcome.verify}</strong>
            <p>{words.welcome.verifyText(email)}</p>
            <a href="/verify-email">{words.welcome.resend}</a>
          </li>
        )}
        <li>
          <strong>{words.welcome.install}</strong>
          <p>{words.welcome.installText}</p>
        </li>
      </ol>
      <a className="button wide" href="/dashboard">
        {words.welcome.submit}
      </a>
    </div>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { cookieLine, mfaCookie, readCookie } from "../../../core/auth/cookies.ts";
import { returnPath } from "../../../core/auth/return-path.ts";
import { AppError } from "../../../core/errors.ts";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { codeField } from "../../session/fields.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { startSession } from "../../session/start-session.ts";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

const startAgain = "/login?error=expired";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.secondFactor.title) }];

export function loader({ request }: LoaderFunctionArgs) {
  if (!readCookie(request.headers.get("cookie"), mfaCookie)) throw redirect(startAgain);
  return { returnTo: returnPath(new URL(request.url).searchParams.get("return_to")) };
}

const fields = z.object({ code: codeField });

export const action = publicAction(
  async ({ request, context, form }) => {
    const mfaToken = readCookie(request.headers.get("cookie"), mfaCookie);
    if (!mfaToken) return redirect(startAgain, 303);
    try {
      const signedIn = await context.auth.finishMfa({ mfaToken, ...readForm(fields, form) }, context.client);
      context.cookies.push(cookieLine(mfaCookie, "", null));
      await startSession(context, request, signedIn);
      return redirect(returnPath(String(form.get("return_to"))), 303);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "session_expired")) throw error;
      context.cookies.push(cookieLine(mfaCookie, "", null));
      return redirect(startAgain, 303);
    }
  },
  { unauthenticated: words.secondFactor.wrong },
);

export default function SecondFactor() {
  const { returnTo } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return (
    <form method="post" action="/login/second-factor" className="stack">
      <div>
        <h1>{words.secondFactor.title}</h1>
        <p className="field-hint">{words.secondFactor.lead}</p>
      </div>
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      <input type="hidden" name="return_to" value={returnTo} />
      <Field
        name="code"
        label={words.secondFactor.code}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <SubmitButton>{words.secondFactor.submit}</SubmitButton>
      <p className="links">
        <a href="/login">{words.secondFactor.back}</a>
      </p>
    </form>
  );
}

import { site } from "../messages/en/site.ts";
import { errorWords } from "./error-words.ts";

/** What stands where a page cannot: without scripts' or Mantine's help, since anything may have failed. */
export function ErrorPage({ status }: { status: number }) {
  const { title, text } = errorWords(status);
  return (
    <main className="error-page" id="main">
      <p className="error-code">{site.errors.code(status)}</p>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <p className="row">
        <a className="button" href="/">
          {site.errors.back}
        </a>
        <a className="button quiet" href="/dashboard">
          {site.errors.dashboard}
        </a>
      </p>
    </main>
  );
}

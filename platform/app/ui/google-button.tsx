import { signIn as words } from "../messages/en/sign-in.ts";

/** The way to Google's consent page, where the operator has set Google up. */
export function GoogleButton({ returnTo }: { returnTo: string }) {
  return (
    <>
      <a className="button quiet wide" href={`/api/v1/auth/google?return_to=${encodeURIComponent(returnTo)}`}>
        <svg width="18" height="18" viewBox="0 0 48 48" aria-hidden="true">
          <path
            fill="#4285f4"
            d="M45 24.5c0-1.6-.1-3.1-.4-4.5H24v8.5h11.8a10 10 0 0 1-4.4 6.6v5.5h7.1C42.7 36.7 45 31.1 45 24.5Z"
          />
          <path
            fill="#34a853"
            d="M24 46c5.9 0 10.9-2 14.5-5.3l-7.1-5.5c-2 1.3-4.5 2.1-7.4 2.1-5.7 0-10.5-3.8-12.2-9H4.5V34A22 22 0 0 0 24 46Z"
          />
          <path fill="#fbbc05" d="M11.8 28.3a13 13 0 0 1 0-8.4v-5.7H4.5a22 22 0 0 0 0 19.8Z" />
          <path
            fill="#ea4335"
            d="M24 10.8c3.2 0 6.1 1.1 8.4 3.3l6.3-6.3A22 22 0 0 0 4.5 14.2l7.3 5.7c1.7-5.2 6.5-9.1 12.2-9.1Z"
          />
        </svg>
        {words.google}
      </a>
      <p className="divider">{words.or}</p>
    </>
  );
}

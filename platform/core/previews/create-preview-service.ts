import { isKeyAlive } from "../api-keys/create-key-service.ts";
import { isOriginAllowed } from "../api-keys/match-origin.ts";
import { dayStart } from "../credits/day.ts";
import type { PreviewTokens } from "../crypto/sign-preview.ts";
import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { Clock, Store } from "../ports.ts";

/** Where the widget finds a preview's token: behind the #, which browsers send to nobody. */
const fragment = "trailroom-preview";
/** What the dashboard's own preview calls its product. */
const dashboardProduct = "dashboard-preview";

interface PreviewDeps {
  store: Store;
  clock: Clock;
  tokens: PreviewTokens;
  publicUrl: string;
  previewsPerDay: number;
}

/** A merchant's own free try-ons: in the dashboard, and on one page of theirs by a signed link. */
export function createPreviewService({ store, clock, tokens, publicUrl, previewsPerDay }: PreviewDeps) {
  const ownOrigin = new URL(publicUrl).origin;
  return {
    /** Leave to try the button on in the dashboard itself. */
    forDashboard: ({ id }: User) => {
      const grant = { userId: id, productId: dashboardProduct, origin: ownOrigin };
      return { productId: dashboardProduct, token: tokens.make(grant, clock.now()).token };
    },
    /** The page's address with leave to preview this product there for an hour. Throws invalid_request when no live publishable key allows the page. */
    linkFor: async ({ id }: User, { pageUrl, productId }: { pageUrl: string; productId: string }) => {
      const url = URL.parse(pageUrl);
      const now = clock.now();
      const keys = (await store.apiKeys.listByUser(id)).filter(
        (key) => key.kind === "publishable" && key.mode === "live" && isKeyAlive(key, now),
      );
      if (!url || !keys.some((key) => isOriginAllowed(url.origin, key.allowed_origins))) {
        throw new AppError("invalid_request", { details: { page_url: "no live publishable key allows its origin" } });
      }
      const { token, until } = tokens.make({ userId: id, productId, origin: url.origin }, now);
      url.hash = `${fragment}=${token}`;
      return { href: url.href, until };
    },
    leftToday: async ({ id }: User) => {
      const used = await store.tryOnJobs.countSince(id, dayStart(clock.now()), "preview");
      return Math.max(0, previewsPerDay - used);
    },
  };
}

export type PreviewService = ReturnType<typeof createPreviewService>;

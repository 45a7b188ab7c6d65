import { isKeyAlive } from "../api-keys/create-key-service.ts";
import { isOriginAllowed } from "../api-keys/match-origin.ts";
import type { Caller } from "../caller.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { ApiKey } from "../model.ts";
import type { Clock, FetchedPage, PageFetcher, Store } from "../ports.ts";
import { isHostAllowed } from "../tryon/load-image.ts";
import type { CheckInput, CheckResult } from "../tryon/service-types.ts";
import type { Finding } from "./findings.ts";
import { good, problem, warning } from "./findings.ts";
import { judgePolicies } from "./judge-policies.ts";
import { readProduct } from "./read-product.ts";
import type { Tag } from "./scan-tags.ts";
import { scanTags } from "./scan-tags.ts";

export interface PageCheckDeps {
  store: Store;
  clock: Clock;
  pages: PageFetcher;
  publicUrl: string;
  /** the engine's look at a garment's picture */
  checkPicture: (caller: Caller, input: CheckInput) => Promise<CheckResult>;
}

/** A page with what was found in it. */
interface Seen {
  page: FetchedPage;
  url: URL;
  tags: Tag[];
  element: Tag | null;
}

const scriptPath = /\/(v1|\d+\.\d+\.\d+)\/trailroom\.js$/;
const keyForm = /^pk_(live|test)_[0-9A-Za-z]{32}$/;

/** Everything about a merchant's page that the button needs, and what is missing. Nothing is kept. */
export async function checkPage(deps: PageCheckDeps, caller: Caller, address: string): Promise<Finding[]> {
  const page = await deps.pages.fetch(address);
  if (!page) return [problem("page_unreachable")];
  if (page.status !== 200) return [problem("page_status", String(page.status))];
  if (!page.isHtml) return [problem("page_not_html")];
  const tags = scanTags(page.html);
  const element = tags.find(({ name }) => name === "trailroom-tryon") ?? null;
  const seen: Seen = { page, url: new URL(page.url), tags, element };
  const script = findScript(seen, deps.publicUrl);
  const key = element && (await findKey(deps, caller, element));
  return [
    good("page", page.url),
    script.finding,
    element ? good("element") : problem("element_missing"),
    ...(key ? [key.finding, ...originFindings(seen, key.apiKey), ...sessionFindings(element, key.apiKey)] : []),
    ...(element ? await pictureFindings(deps, caller, { ...seen, element }, key?.apiKey ?? null) : []),
    ...policyFindings(seen, deps.publicUrl, script.tag),
  ];
}

function findScript({ tags, url }: Seen, publicUrl: string): { finding: Finding; tag: Tag | null } {
  const scripts = tags.flatMap((tag) => {
    const address = tag.name === "script" && tag.attributes.src ? URL.parse(tag.attributes.src, url) : null;
    return address && scriptPath.test(address.pathname) ? [{ tag, address }] : [];
  });
  const own = scripts.find(({ address }) => address.origin === new URL(publicUrl).origin);
  if (!own) {
    const [other] = scripts;
    const finding = other ? problem("script_elsewhere", other.address.href) : problem("script_missing");
    return { finding, tag: null };
  }
  const isModule = own.tag.attributes.type?.toLowerCase() === "module";
  return { finding: isModule ? good("script", own.address.href) : problem("script_not_module"), tag: own.tag };
}

/** A key that another account has is unknown here like one that nobody has. */
async function findKey({ store, clock }: PageCheckDeps, { user }: Caller, { attributes }: Tag) {
  const written = (attributes["publishable-key"] ?? "").trim();
  const none = (finding: Finding) => ({ finding, apiKey: null });
  if (!written) return none(problem("key_missing"));
  if (written.startsWith("sk_")) return none(problem("key_secret"));
  const apiKey = keyForm.test(written) ? await store.apiKeys.findByHash(hashSecret(written)) : null;
  if (apiKey?.user_id !== user.id || apiKey.kind !== "publishable") return none(problem("key_unknown"));
  if (!isKeyAlive(apiKey, clock.now())) return none(problem("key_ended", apiKey.name));
  return { finding: apiKey.mode === "test" ? warning("key_test", apiKey.name) : good("key", apiKey.name), apiKey };
}

function originFindings({ url }: Seen, apiKey: ApiKey | null): Finding[] {
  if (!apiKey) return [];
  const isAllowed = isOriginAllowed(url.origin, apiKey.allowed_origins);
  return [isAllowed ? good("origin", url.origin) : problem("origin_not_allowed", url.origin)];
}

/** What a key that requires shopper sessions needs on the page. */
const sessionFindings = (element: Tag | null, apiKey: ApiKey | null): Finding[] =>
  apiKey?.require_session && !element?.attributes["session-url"] ? [problem("session_url_missing")] : [];

async function pictureFindings(
  deps: PageCheckDeps,
  caller: Caller,
  { tags, url, element }: Seen & { element: Tag },
  apiKey: ApiKey | null,
): Promise<Finding[]> {
  const { "product-id": id, "product-image": top, "bottom-image": bottom, mode } = element.attributes;
  const isBottom = mode === "full" || Boolean(bottom && !top);
  const stated = readProduct(tags);
  const written = (isBottom ? bottom : top) || stated.picture;
  const unnamed = id || stated.id ? [] : [warning("product_id_missing")];
  const picture = written ? URL.parse(written, url) : null;
  if (!picture) return [...unnamed, problem("picture_missing", isBottom ? "bottom-image" : "product-image")];
  if (apiKey && !isHostAllowed(apiKey, picture.href)) return [...unnamed, problem("picture_host", picture.host)];
  const image = { url: picture.href };
  return [...unnamed, await judgePicture(deps, caller, isBottom ? { bottom: image } : { top: image }, picture.href)];
}

async function judgePicture({ checkPicture }: PageCheckDeps, caller: Caller, input: CheckInput, href: string) {
  try {
    const { problems } = await checkPicture(caller, input);
    const [first] = problems;
    return first ? { ...problem("picture_problem", href), reason: first } : good("picture", href);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "rate_limited" || error.code === "engine_unavailable")
      throw error;
    return problem("picture_unreachable", href);
  }
}

function policyFindings({ page, tags, url }: Seen, publicUrl: string, script: Tag | null): Finding[] {
  const written = tags.filter(
    ({ name, attributes }) => name === "meta" && attributes["http-equiv"]?.toLowerCase() === "content-security-policy",
  );
  const policies = [...page.policies, ...written.map(({ attributes }) => attributes.content ?? "")];
  if (policies.length === 0) return [good("policy_none")];
  const mends = judgePolicies(policies, new URL("/v1/trailroom.js", publicUrl), url, script);
  if (mends.length === 0) return [good("policy")];
  return mends.map(({ value }) => problem("policy_blocks", value));
}

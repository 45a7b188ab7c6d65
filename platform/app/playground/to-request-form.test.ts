import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import type { ApiDocument } from "../docs/api/open-api.ts";
import { apiSections } from "../docs/api/open-api.ts";
import { fieldId, toDraft } from "./to-draft.ts";
import { toRequestForm } from "./to-request-form.ts";

let api: ApiForTest;
let document: ApiDocument;
beforeAll(async () => {
  api = await makeApi();
  document = await (await api.call("/openapi.json")).json();
});
afterAll(() => api.remove());

const endpoints = () => apiSections(document).flatMap((section) => section.endpoints);
function formOf(method: string, path: string) {
  const endpoint = endpoints().find((one) => one.method === method && one.path === path);
  if (!endpoint) throw new Error(`no ${method} ${path}`);
  return toRequestForm(endpoint, document);
}

test("every endpoint of the document has a form whose examples make a request", () => {
  for (const endpoint of endpoints()) {
    const form = toRequestForm(endpoint, document);
    const values = Object.fromEntries(form.fields.map((field) => [fieldId(field), field.example || "x"]));
    const { url, method } = toDraft(form, values, form.credentials[0] ?? "none", "https://x.example");
    expect([method, URL.canParse(url), url.includes("{")]).toEqual([endpoint.method, true, false]);
  }
  expect(endpoints().length).toBeGreaterThan(30);
});

test("a try-on takes files, its mode by choice, and the credentials that the document names", () => {
  const form = formOf("POST", "/tryon");
  expect(form.bodyKind).toBe("multipart");
  expect(form.credentials).toEqual(["secretKey", "publishableKey", "session"]);
  expect(Object.fromEntries(form.fields.map((field) => [fieldId(field), field.kind]))).toMatchObject({
    "body.person_image": "file",
    "body.top_image": "file",
    "body.mode": "choice",
    "body.product_id": "text",
    "query.wait": "number",
    "header.idempotency-key": "text",
  });
  expect(form.fields.find(({ name }) => name === "mode")).toMatchObject({
    options: ["top", "full"],
    isRequired: true,
    example: "top",
  });
});

test("what is filled in goes where it belongs, coded for its place; what is empty is left out", () => {
  const form = formOf("GET", "/tryon/{jobId}");
  expect(toDraft(form, { "path.jobId": "a/b ?" }, "secretKey", "https://x.example/api/v1")).toEqual({
    method: "GET",
    url: "https://x.example/api/v1/tryon/a%2Fb%20%3F",
    keyHeader: "x-api-key",
    headers: [],
    body: null,
  });
  const keys = formOf("POST", "/api-keys/generate");
  const values = {
    "body.name": "Shop",
    "body.kind": "publishable",
    "body.allowed_origins": "https://a.example\n\n https://b.example",
  };
  expect(toDraft(keys, values, "session", "").body).toEqual({
    kind: "json",
    value: { name: "Shop", kind: "publishable", allowed_origins: ["https://a.example", "https://b.example"] },
  });
});

import { expect, test } from "vitest";
import { exampleCall } from "./api/example-call.ts";
import { listFields } from "./api/list-fields.ts";
import type { ApiDocument } from "./api/open-api.ts";
import { apiSections } from "./api/open-api.ts";
import { highlight } from "./highlight.ts";

const document: ApiDocument = {
  paths: {
    "/tryon/{jobId}/cancel": {
      post: { tags: ["Try-on"], security: [{ session: [] }, { secretKey: [] }], responses: {} },
    },
    "/api-keys": {
      post: {
        tags: ["API keys"],
        security: [{ session: [] }],
        requestBody: { content: { "application/json": { example: { name: "Asha's key" } } } },
        responses: {},
      },
    },
  },
  components: {
    schemas: {
      Base: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
      Job: {
        allOf: [
          { $ref: "#/components/schemas/Base" },
          {
            type: "object",
            properties: {
              error: {
                anyOf: [
                  { type: "object", required: ["code"], properties: { code: { type: "string", enum: ["a", "b"] } } },
                  { type: "null" },
                ],
              },
              warnings: { type: "array", items: { type: "string" } },
            },
          },
        ],
      },
    },
  },
};

test("fields of references, of extended schemas and of what may be null are listed by their whole name", () => {
  const schema = {
    type: "object",
    properties: { jobs: { type: "array", items: { $ref: "#/components/schemas/Job" } } },
  };
  expect(listFields(schema, document)).toEqual([
    { name: "jobs", type: "object[]", isRequired: false, about: "" },
    { name: "jobs[].id", type: "string", isRequired: true, about: "" },
    { name: "jobs[].error", type: "object | null", isRequired: false, about: "" },
    { name: "jobs[].error.code", type: "string", isRequired: true, about: "one of a, b" },
    { name: "jobs[].warnings", type: "string[]", isRequired: false, about: "" },
  ]);
});

test("an example call can be pasted into a shell: the key that a server has, the path's ids as variables, quotes kept whole", () => {
  const calls = apiSections(document)
    .flatMap(({ endpoints }) => endpoints)
    .map((endpoint) => exampleCall(endpoint, "https://try.example/api/v1"));
  expect(calls).toEqual([
    'curl -X POST "https://try.example/api/v1/tryon/$JOB_ID/cancel" \\\n  -H "x-api-key: $SECRET_KEY"',
    `curl -X POST "https://try.example/api/v1/api-keys" \\
  -H "Authorization: Bearer $ACCESS_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
  "name": "Asha'\\''s key"
}'`,
  ]);
});

test("code is escaped whatever it holds, in any language", () => {
  const code = '<script>alert("&")</script> # <b>';
  for (const language of ["sh", "html", "js", "json", "css", "other"]) {
    const html = highlight(code, language);
    expect(html.replace(/<\/?span[^>]*>/g, "")).toBe(
      "&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt; # &lt;b&gt;",
    );
  }
  expect(highlight("curl -s # quietly", "sh")).toBe(
    'curl <span class="name">-s</span> <span class="comment"># quietly</span>',
  );
});

import { expect, test } from "vitest";
import type { OpenApiDocument } from "../testing/check-answer.ts";
import { createAnswerCheck } from "../testing/check-answer.ts";
import { makeApi } from "../testing/make-api.ts";

const api = await makeApi();
const document: OpenApiDocument = (await api.json("/openapi.json")).body;
await api.remove();
const { faultsOf } = createAnswerCheck(document);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);

test.each(operations)("%s has examples of its body and its answers, and they fit their schemas", (_name, operation) => {
  const contents = [
    ...Object.values(operation.responses).map(({ content }) => content?.["application/json"]),
    operation.requestBody?.content["application/json"],
  ];
  for (const content of contents) {
    if (!content?.schema) continue;
    expect(content.example).toBeDefined();
    expect(faultsOf(content.schema, content.example)).toBeNull();
  }
});

test("an answer that the document does not name, or with more in it, is caught", async () => {
  const { check } = createAnswerCheck(document);
  const json = (body: unknown, status: number) => Response.json(body, { status });
  await expect(check("GET", "/credits", json({}, 418))).rejects.toThrow("not in the OpenAPI document");
  const balance = { credits: 1, daily_free_credits: 0, total_used: 0 };
  await check("GET", "/credits", json(balance, 200));
  await expect(check("GET", "/credits", json({ ...balance, secret: 1 }, 200))).rejects.toThrow("not as the OpenAPI");
  await expect(check("GET", "/credits", json({ credits: "1" }, 200))).rejects.toThrow("not as the OpenAPI");
});

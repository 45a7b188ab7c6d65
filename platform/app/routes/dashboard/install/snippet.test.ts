import { describe, expect, test } from "vitest";
import { plainLook, readLook } from "./look.ts";
import { platforms, writeSnippet } from "./write-snippet.ts";

const key = `pk_live_${"a".repeat(32)}`;
const platformUrl = "https://platform.example";

describe("the snippet", () => {
  test("carries the merchant's own key and the platform's script for every shop system", () => {
    for (const platform of platforms) {
      const snippet = writeSnippet({ platform, platformUrl, publishableKey: key, look: plainLook });
      expect(snippet, platform).toContain(`publishable-key="${key}"`);
      expect(snippet, platform).toContain(`${platformUrl}/v1/trailroom.js`);
      expect(snippet, platform).toContain("<button>Try it on</button>");
      expect(snippet, platform).not.toContain("--trailroom");
    }
  });

  test("writes the look as the widget's custom properties", () => {
    const look = readLook(new URLSearchParams("accent=%2335472F&radius=99&font=Inter, sans-serif"));
    for (const platform of platforms) {
      const snippet = writeSnippet({ platform, platformUrl, publishableKey: key, look });
      expect(snippet, platform).toContain("--trailroom-accent: #35472f;");
      expect(snippet, platform).toContain("--trailroom-radius: 32px;");
      expect(snippet, platform).toContain("--trailroom-font: Inter, sans-serif;");
      expect(snippet, platform).not.toContain("--trailroom-on-accent");
    }
  });

  test("takes nothing that does not parse as a colour, a length or names of fonts", () => {
    const hostile = { accent: "red;}*{display:none", ink: "#12", radius: "1e3", font: "x</style><script>" };
    expect(readLook(new URLSearchParams(hostile))).toEqual(plainLook);
  });

  test("leaves out what the widget wears anyway", () => {
    expect(readLook(new URLSearchParams("accent=%231D211C&ink=%23ffffff&radius=12&font="))).toEqual(plainLook);
  });
});

import { expect, test } from "vitest";
import ar from "./ar.ts";
import de from "./de.ts";
import en from "./en.ts";
import es from "./es.ts";
import fr from "./fr.ts";
import hi from "./hi.ts";

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test.each(Object.entries({ ar, de, es, fr, hi }))("%s has every text, with the same places to fill", (_, texts) => {
  expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
  for (const [name, text] of Object.entries(texts)) {
    expect(text.trim(), name).not.toBe("");
    expect(places(text), name).toEqual(places(en[name as keyof typeof en]));
  }
});

test("no text speaks of credits", () => {
  for (const texts of [ar, de, en, es, fr, hi]) {
    expect(Object.values(texts).join(" ")).not.toMatch(/credit|guthaben|crédit|saldo|क्रेडिट|رصيد/i);
  }
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadRaster } from "../../scripts/load-raster.ts";
import type { BottomGarment, TopGarment } from "../types.ts";
import { analyseGarment, checkGarment } from "./analyse-garment.ts";
import type { Piece } from "./draw-garment.fixture.ts";
import { drawGarment, halves, innerBack, mirrored } from "./draw-garment.fixture.ts";

const white = [250, 250, 250] as const;
const blue = [60, 90, 170] as const;
const navy = [25, 35, 75] as const;
const piece = (name: keyof typeof halves, color: readonly [number, number, number] = blue) => ({
  polygon: mirrored(halves[name]),
  color,
});
const top = (...args: Parameters<typeof drawGarment>) => analyseGarment(drawGarment(...args), "top") as TopGarment;
const bottom = (...args: Parameters<typeof drawGarment>) =>
  analyseGarment(drawGarment(...args), "bottom") as BottomGarment;
const alphaAt = ({ raster }: TopGarment, x: number, y: number) => raster.data[(y * raster.width + x) * 4 + 3]!;

describe("tops", () => {
  test("finds a tee's armpits, shoulders, neck and hem where they were drawn", () => {
    const tee = top([piece("tee")], white);
    expect(tee.sleeveKind).toBe("short");
    expect(Math.abs(tee.axisX - 200)).toBeLessThan(4);
    expect(Math.abs(tee.armpit[0][0] - 115)).toBeLessThan(14);
    expect(Math.abs(tee.armpit[1][0] - 285)).toBeLessThan(14);
    expect(Math.abs(tee.armpit[0][1] - 185)).toBeLessThan(20);
    expect(Math.abs(tee.neck[0][0] - 165)).toBeLessThan(14);
    expect(Math.abs(tee.neckFront[1] - 120)).toBeLessThan(8);
    expect(Math.abs(tee.hemY - 419)).toBeLessThan(5);
  });

  test("finds the corners of a short sleeve's cuff on both sides", () => {
    const tee = top([piece("tee")], white);
    for (const [k, flip] of [
      [0, (x: number) => x],
      [1, (x: number) => 400 - x],
    ] as const) {
      const { outer, cuff } = tee.sleeves[k]!.outline!;
      const [from, to] = [cuff[0]!, cuff.at(-1)!];
      expect(outer.at(-1)).toEqual(from);
      expect(Math.hypot(flip(from[0]) - 50, from[1] - 190)).toBeLessThan(6);
      expect(Math.hypot(flip(to[0]) - 90, to[1] - 215)).toBeLessThan(6);
    }
  });

  test("reads long sleeves as long and gives each a strip", () => {
    const sweater = top([piece("longSleeve")], white);
    expect(sweater.sleeveKind).toBe("long");
    for (const sleeve of sweater.sleeves) expect(sleeve!.length).toBeGreaterThan(200);
  });

  test("reads a tank top as sleeveless on both sides", () => {
    const tank = top([piece("tank")], white);
    expect(tank.sleeveKind).toBe("none");
    expect(tank.sleeves).toEqual([null, null]);
  });

  test("keeps nothing of the inner back above the front neckline", () => {
    const tee = top([innerBack(navy), piece("tee")], white);
    expect(alphaAt(tee, 200, 105)).toBeLessThan(60);
    expect(alphaAt(tee, 200, 140)).toBe(255);
    expect(tee.signals.opening).toBeGreaterThan(0.6);
  });

  test("cuts below a label sewn into a back of the front's own colour", () => {
    const color = piece("tee").color;
    const label: Piece = {
      polygon: [
        [190, 94],
        [210, 94],
        [210, 101],
        [190, 101],
      ],
      color: [245, 245, 245],
    };
    const tee = top([innerBack(color), piece("tee"), label], [200, 200, 205]);
    expect(alphaAt(tee, 200, 97)).toBeLessThan(60);
    expect(alphaAt(tee, 200, 150)).toBe(255);
  });

  test("takes real transparency as the cut", () => {
    const tee = top([piece("tee")], null);
    expect(alphaAt(tee, 20, 20)).toBe(0);
    expect(tee.sleeveKind).toBe("short");
  });

  test("cuts a white tee from a white ground", () => {
    const tee = top([piece("tee", [236, 236, 238])], [252, 252, 252]);
    expect(alphaAt(tee, 200, 300)).toBe(255);
    expect(alphaAt(tee, 20, 400)).toBe(0);
    expect(Math.abs(tee.hemY - 419)).toBeLessThan(8);
  });

  test.each(["straps", "dress"] as const)("refuses %s as a top's shape", (name) => {
    expect(checkGarment(drawGarment([piece(name)], white), "top").problems).toEqual(["garment_shape_unsupported"]);
  });

  test("refuses an empty picture and a busy ground with their own codes", () => {
    expect(checkGarment(drawGarment([], white), "top").problems).toEqual(["garment_not_found"]);
    const busy = drawGarment([piece("tee")], white);
    for (let i = 0; i < busy.data.length; i += 4) if ((i / 40) % 7 < 3) busy.data[i] = busy.data[i + 1] = 30;
    expect(checkGarment(busy, "top").problems).toEqual(["garment_background_not_plain"]);
  });
});

describe("bottoms", () => {
  test("finds the crotch and both legs of trousers", () => {
    const trousers = bottom([piece("trousers")], white);
    expect(trousers.shape).toBe("trousers");
    expect(Math.abs(trousers.crotch![1] - 205)).toBeLessThan(40);
    expect(trousers.legs).toHaveLength(2);
    expect(Math.abs(trousers.hemY - 479)).toBeLessThan(5);
  });

  test("reads a skirt as one piece", () => {
    const skirt = bottom([piece("skirt")], white);
    expect(skirt.shape).toBe("skirt");
    expect(skirt.legs).toBeNull();
  });
});

const photos = process.env.TRAILROOM_PHOTOS;
interface Expectation {
  kind: string;
  class: "plain" | "hard" | "refuse";
  codes?: string[];
}
if (!photos) process.stdout.write("not run: garment photos (TRAILROOM_PHOTOS is not set)\n");
else {
  const labels: Record<string, Expectation> = JSON.parse(readFileSync(join(photos, "labels.json"), "utf8")).garments;
  describe("the photo set", () => {
    test.each(readdirSync(join(photos, "garments")))("says of %s what its label expects", async (file) => {
      const label = labels[file]!;
      const raster = await loadRaster(join(photos, "garments", file));
      const { problems } = checkGarment(raster, label.kind === "bottom" ? "bottom" : "top");
      if (label.class === "plain") expect(problems).toEqual([]);
      else if (label.class === "refuse") expect(label.codes).toContain(problems[0]);
      else expect([undefined, ...(label.codes ?? ["garment_shape_unsupported"])]).toContain(problems[0]);
    });
  });
}

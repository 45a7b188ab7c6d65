import { describe, expect, it } from "vitest";
import { boxBlur, gaussian, guidedFilter } from "./blur.ts";
import { deltaE, labImage, toLab, toRgb } from "./color.ts";
import { components } from "./components.ts";
import { distanceMap } from "./distance-map.ts";
import { bytes, floats, integers, workspace } from "./memory.ts";
import { pushPull } from "./push-pull.ts";
import { resizeMap, shrink } from "./resize.ts";
import { resample, segmentDistance } from "./scalars.ts";

describe("blurs", () => {
  it("keep a flat map flat up to its edges", () => {
    const flat = new Float32Array(9 * 7).fill(0.4);
    for (const out of [boxBlur(flat, 9, 7, 3), gaussian(flat, 9, 7, 2), guidedFilter(flat, flat, 9, 7, 2, 1e-3)]) {
      for (const value of out) expect(value).toBeCloseTo(0.4, 5);
    }
  });

  it("give the mean of the square", () => {
    const map = Float32Array.from({ length: 25 }, (_, i) => i);
    expect(boxBlur(map, 5, 5, 1)[12]).toBeCloseTo(12, 5);
    expect(boxBlur(map, 5, 5, 1)[0]).toBeCloseTo((0 * 4 + 1 * 2 + 5 * 2 + 6) / 9, 5);
  });

  it("move a soft border onto the guide's edge", () => {
    const guide = Float32Array.from({ length: 40 * 9 }, (_, i) => (i % 40 < 20 ? 0.1 : 0.9));
    const soft = Float32Array.from({ length: 40 * 9 }, (_, i) => Math.min(1, Math.max(0, ((i % 40) - 16) / 8)));
    const out = guidedFilter(guide, soft, 40, 9, 6, 1e-4);
    expect(out[4 * 40 + 18]).toBeLessThan(soft[4 * 40 + 18]!);
    expect(out[4 * 40 + 21]).toBeGreaterThan(soft[4 * 40 + 21]!);
  });

  it("give the same in the middle of a large map as in one that ends around it", () => {
    const draw = (width: number, height: number, left: number, top: number) => {
      const [guide, map] = [new Float32Array(width * height), new Float32Array(width * height)];
      for (let y = 0; y < 12; y += 1)
        for (let x = 0; x < 12; x += 1) {
          const i = (y + top) * width + x + left;
          guide[i] = ((x * 7 + y * 5) % 11) / 11;
          map[i] = x > 4 && x < 8 && y > 4 && y < 8 ? 0.2 + x / 12 : 0;
        }
      return { out: guidedFilter(guide, map, width, height, 2, 1e-3), width, left, top };
    };
    const [small, large] = [draw(12, 12, 0, 0), draw(50, 40, 17, 21)];
    for (let i = 0; i < 144; i += 1) {
      const j = (Math.floor(i / 12) + large.top) * large.width + (i % 12) + large.left;
      expect(large.out[j]).toBeCloseTo(small.out[i]!, 4);
    }
  });
});

describe("broad blurs", () => {
  it("are made at a smaller size and look the same", () => {
    const [width, height] = [211, 173];
    const map = Float32Array.from({ length: width * height }, (_, i) => (i % width > 60 && i % width < 140 ? 1 : 0));
    const small = gaussian(map, width, height, 30);
    let exact: Float32Array = map;
    for (let round = 0; round < 3; round += 1) exact = boxBlur(exact, width, height, 27);
    for (let i = 0; i < small.length; i += 7) expect(Math.abs(small[i]! - exact[i]!)).toBeLessThan(0.02);
  });

  it("leave nothing where there is nothing near", () => {
    const map = new Float32Array(50 * 40);
    map[20 * 50 + 25] = 9;
    const out = boxBlur(map, 50, 40, 1);
    expect(out.reduce((sum, value) => sum + value, 0)).toBeCloseTo(9, 5);
    expect(out[20 * 50 + 24]).toBeCloseTo(1, 5);
    expect(out[20 * 50 + 27]).toBe(0);
  });
});

describe("working memory", () => {
  it("is used again, and handed out clean", () => {
    const first = workspace(() => floats(1000).fill(7));
    const second = workspace(() => floats(1000));
    expect(second.buffer).toBe(first.buffer);
    expect(second.every((value) => value === 0)).toBe(true);
  });

  it("keeps what an outer workspace holds while inner ones come and go", () => {
    workspace(() => {
      const kept = bytes(100).fill(1);
      workspace(() => integers(5_000_000).fill(2));
      workspace(() => floats(20_000_000).fill(3));
      const next = floats(10);
      expect(kept.every((value) => value === 1)).toBe(true);
      expect(next.every((value) => value === 0)).toBe(true);
    });
  });

  it("is given back when the work fails", () => {
    const first = workspace(() => floats(10));
    expect(() =>
      workspace(() => {
        floats(10).fill(1);
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(workspace(() => floats(10)).byteOffset).toBe(first.byteOffset);
  });

  it("is an ordinary array outside of any workspace", () => {
    expect(floats(4).buffer).not.toBe(floats(4).buffer);
    expect(floats(4).buffer.byteLength).toBe(16);
  });
});

describe("colours", () => {
  it("come back from Lab as they went", () => {
    const colors = [
      [0, 0, 0],
      [255, 255, 255],
      [200, 30, 60],
      [12, 80, 140],
    ] as const;
    for (const rgb of colors) {
      for (const [c, value] of toRgb(toLab(rgb[0], rgb[1], rgb[2])).entries())
        expect(Math.abs(value - rgb[c]!)).toBeLessThan(1);
    }
  });

  it("are as far apart as they look", () => {
    expect(deltaE(toLab(255, 255, 255), toLab(0, 0, 0))).toBeCloseTo(100, 0);
    expect(labImage([255, 255, 255, 255], 1)[0]).toBeCloseTo(100, 1);
  });
});

describe("maps", () => {
  it("fall into their connected pieces", () => {
    const { labels, sizes } = components([1, 1, 0, 0, 0, 0, 0, 1, 1], 3, 3);
    expect(sizes).toEqual([0, 2, 2]);
    expect(labels[0]).not.toBe(labels[8]);
  });

  it("know the way to the nearest pixel and which one it is", () => {
    const mask = new Uint8Array(25);
    mask[0] = 1;
    const nearest = new Int32Array(25);
    const out = distanceMap(mask, 5, 5, nearest);
    expect(out[4]).toBe(4);
    expect(out[24]).toBeCloseTo(4 * Math.SQRT2, 4);
    expect([...nearest].every((index) => index === 0)).toBe(true);
  });

  it("keep their mean when resized", () => {
    const map = Float32Array.from({ length: 16 }, (_, i) => i / 15);
    const out = resizeMap(map, 4, 4, 8, 8);
    expect(out.reduce((sum, value) => sum + value, 0) / 64).toBeCloseTo(0.5, 2);
  });
});

describe("pictures", () => {
  it("shrink by averaging, and never grow", () => {
    const data = Uint8ClampedArray.from({ length: 4 * 2 * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : (i >> 2) % 2 ? 200 : 100,
    );
    const small = shrink({ width: 4, height: 2, data }, 2);
    expect([small.width, small.height, small.data[0], small.data[3]]).toEqual([2, 1, 150, 255]);
    const same = { width: 4, height: 2, data };
    expect(shrink(same, 100)).toBe(same);
  });

  it("keep what is known and fill the rest from around it", () => {
    const rgb = new Float32Array(16 * 16 * 3).fill(80);
    const known = new Uint8Array(256).fill(1);
    known.fill(0, 100, 140);
    const out = pushPull(rgb, known, 16, 16, new Uint8Array(256).fill(1));
    for (const value of out) expect(value).toBeCloseTo(80, 1);
  });
});

describe("lines", () => {
  it("have their points at even lengths", () => {
    expect(
      resample(
        [
          [0, 0],
          [1, 0],
          [4, 0],
        ],
        4,
      ).map(([x]) => Math.round(x * 100) / 100),
    ).toEqual([0, 1, 2, 3, 4]);
  });

  it("are as far away as their nearest point", () => {
    expect(segmentDistance(5, 3, [0, 0], [4, 0])).toBeCloseTo(Math.hypot(1, 3), 5);
  });
});

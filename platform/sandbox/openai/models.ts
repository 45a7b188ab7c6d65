/** What the stand-in knows of a model. */
export interface StandInModel {
  id: string;
  /** the last day is the one before (YYYY-MM-DD); null while none is announced */
  shutdownDate: string | null;
  /** any size within the limits; else the three standard ones */
  hasFreeSizes: boolean;
  qualities: string[];
  /** what `input_fidelity` may be; empty: the parameter is refused */
  fidelities: string[];
  /** tokens of a 1024x1024 picture by quality */
  tokensOut: Record<string, number>;
}

const basic = ["auto", "low", "medium", "high"];
const fine = [...basic, "xhigh", "max"];
const tokens25 = { low: 196, medium: 439, auto: 439, high: 1756, xhigh: 3122, max: 7024 };
const tokens26 = { ...tokens25, low: 700, medium: 1500, auto: 1500 };

const v2 = (id: string, tokensOut: Record<string, number>, qualities = fine): StandInModel => ({
  id,
  shutdownDate: null,
  hasFreeSizes: true,
  qualities,
  fidelities: [],
  tokensOut,
});
const v1 = (id: string, shutdownDate: string, fidelities: string[]): StandInModel => ({
  id,
  shutdownDate,
  hasFreeSizes: false,
  qualities: basic,
  fidelities,
  tokensOut: { low: 272, medium: 1056, auto: 1056, high: 4160 },
});

/** The models of November 2026 with the dates that are announced. */
export const standInModels: StandInModel[] = [
  v1("gpt-image-1", "2026-10-23", ["high", "low"]),
  v1("gpt-image-1.5", "2026-12-01", ["high", "low"]),
  v1("gpt-image-1-mini", "2026-12-01", ["low"]),
  v2("gpt-image-2", tokens25, basic),
  v2("gpt-image-2-2026-04-21", tokens25, basic),
  v2("gpt-image-2.5-flare", tokens25),
  v2("gpt-image-2.5-flare-2026-09-08", tokens25),
  v2("gpt-image-2.5-sunburst", tokens25),
  v2("gpt-image-2.5-sunburst-2026-09-08", tokens25),
  v2("gpt-image-2.6-flare", tokens26),
  v2("gpt-image-2.6-sunburst", tokens26),
];

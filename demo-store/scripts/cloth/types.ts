/** A point in picture units: 1000 wide, 1200 high, x = 0 on the garment's own mirror axis. */
export type Point = readonly [x: number, y: number];

/** One piece of a half outline: a line to a point or a cubic curve to the last of three points. */
export type Segment = readonly [Point] | readonly [Point, Point, Point];

/** A raised or sunken line of the cloth: drawn along `points`, fading at both ends. */
export interface Fold {
  points: readonly Point[];
  /** Half width in units on either side of the line: unequal sides make a crease lean. */
  width: readonly [left: number, right: number];
  /** Height in units; negative is a valley. */
  height: number;
  /** Share of the length over which each end fades (0 to 0.5). */
  fade: number;
}

/** One sheet of cloth. Layers are painted in order, later ones lie on top. */
export interface Layer {
  /** SVG path data of the sheet, in units with x = 0 on the axis. */
  path: string;
  /** SVG elements that dye the cloth, painted over the whole sheet and clipped to it. */
  dye: string;
  /** SVG elements on top of the shaded cloth: stitches, buttons, labels. */
  details?: string;
  folds?: readonly Fold[];
  /** Height of a regular relief such as ribs, at a place in units. */
  relief?: (x: number, y: number) => number;
  /** How far the cloth rounds off at its edge, in units, and how high it stands there. */
  edge: { radius: number; height: number };
  /** Height of the large and small irregularities of the cloth. */
  slack?: number;
  /** Strength of the weave, 0 for smooth. */
  weave?: number;
  /** Multiplied into the colours: the inside of a collar lies in shade. */
  light?: number;
  /** Darkness of the shadow on the layers beneath, 0 to 1, and its reach in units. */
  shadow?: { strength: number; reach: number; down?: number };
}

/** A whole picture: what is drawn, and how strongly dark cloth shines at its folds. */
export interface Garment {
  name: string;
  layers: readonly Layer[];
  seed: number;
  sheen?: number;
}

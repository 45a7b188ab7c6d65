/**
 * The shapes that the three rooms of the engine hand to each other:
 * person/ (who stands where) and garment/ (what the product picture shows) → fit/ (the picture).
 * All of them are plain structured-cloneable data, so that an analysis made in one worker thread can be used in another.
 */

/** [x, y] in pixels of the raster that it belongs to; the centre of the first pixel is [0.5, 0.5]. */
export type Vec = readonly [number, number];

/** Eight-bit RGBA, row by row, not premultiplied. The person photo is opaque. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** One BlazePose landmark in photo pixels (33 body points, then 6 auxiliary ones). `visibility` is 0-1. */
export interface Keypoint {
  x: number;
  y: number;
  z: number;
  visibility: number;
}

/** The body's own coordinate frame: t runs down the torso in torso lengths, s across it in shoulder widths. */
export interface BodyFrame {
  midShoulder: Vec;
  midHip: Vec;
  /** unit vector shoulder → hip */
  down: Vec;
  /** unit vector towards the image's right (the person's left) */
  across: Vec;
  /** pixels between the shoulder joints */
  shoulderWidth: number;
  /** pixels from the middle of the shoulders to the middle of the hips */
  torsoLength: number;
}

/** What each pixel of the photo shows, 0-255 per class, at working size (longest side ≤ 512). */
export interface LabelMaps {
  width: number;
  height: number;
  /** label pixels per photo pixel */
  scale: number;
  person: Uint8Array;
  face: Uint8Array;
  /** body skin without the face */
  skin: Uint8Array;
  hair: Uint8Array;
  top: Uint8Array;
  bottom: Uint8Array;
  /** held or worn things that are neither clothes, hair nor skin (phone, bag, glasses, shoes) */
  other: Uint8Array;
}

/** Measured facts of one photo that the gate and the fit use. Meanings and seen ranges: person/measure-signals.ts. */
export interface PersonSignals {
  torso: { clothes: number; skin: number; hair: number; other: number };
  jointsOnPerson: number;
  faceOn: number;
  uncertain: number;
  veto: number;
  topBottomContrast: number;
  seam: number;
  /** t of the worn top's hem at the body's middle */
  seamAt: number;
  /** worn sleeve as share of the arm, image left and image right: 0 none, about .3 short, above .9 long */
  wornSleeve: readonly [number, number];
  armSeen: number;
  bodySkinPixels: number;
  /** share of the legs' length inside the frame, hip to ankle, 0-1 */
  legsSeen: number;
}

/** Everything the fit needs of a person photo; made once by the photo check and reused by the job. */
export interface PersonAnalysis {
  width: number;
  height: number;
  keypoints: Keypoint[];
  frame: BodyFrame;
  labels: LabelMaps;
  signals: PersonSignals;
  /** median skin colour (CIE Lab) of body and face; null when too little is seen */
  bodySkinLab: readonly [number, number, number] | null;
  faceSkinLab: readonly [number, number, number] | null;
  /** head: centre, half width, unit vector eyes → mouth, and the chin */
  head: { centre: Vec; halfWidth: number; halfHeight: number; down: Vec; chin: Vec };
}

export type PhotoProblemCode =
  | "image_unreadable"
  | "image_too_small"
  | "no_person_detected"
  | "several_people_detected"
  | "person_too_small"
  | "person_cropped"
  | "person_not_facing"
  | "person_not_upright"
  | "photo_too_blurred"
  | "content_refused";

export type GarmentProblemCode = "garment_not_found" | "garment_background_not_plain" | "garment_shape_unsupported";

/** Every way in which the local engine says no. */
export type EngineProblemCode = PhotoProblemCode | GarmentProblemCode | "preview_not_reliable" | "engine_failed";

/** Thrown by the engine; `detail` is for the log, never for a shopper. */
export class EngineProblem extends Error {
  readonly code: EngineProblemCode;
  readonly detail: string;
  constructor(code: EngineProblemCode, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
    this.detail = detail;
  }
}

/** One cross-section of a sleeve or leg: centre, unit normal to the outer side, half-widths out and in, arc length so far. */
export interface LimbSection {
  centre: Vec;
  outer: Vec;
  outerHalf: number;
  innerHalf: number;
  at: number;
}

/** A sleeve's visible outline: from the shoulder tip along its outer side, and along its cuff towards the trunk. */
export interface SleeveOutline {
  outer: Vec[];
  cuff: Vec[];
}

/** One sleeve or leg as a strip from its root (armhole, crotch line) to its end. */
export interface LimbStrip {
  sections: LimbSection[];
  length: number;
  /** coverage of this limb alone, 0-255, same size as the garment raster */
  alpha: Uint8Array;
  /** of a sleeve that shows one; a long one is read by its sections alone */
  outline?: SleeveOutline;
}

/** A horizontal run of the garment's trunk in garment pixels. */
export interface TrunkRow {
  y: number;
  left: number;
  right: number;
}

/** How sure the garment analysis is; the gate reads it. */
export interface GarmentSignals {
  /** 0-1 over all; below the gate's threshold the garment is refused as garment_shape_unsupported */
  confidence: number;
  /** 0-1 overlap of the silhouette with its own mirror image */
  symmetry: number;
  /** 0-1 how clearly the front neckline (tops) or waist (bottoms) was found */
  opening: number;
  /** how each landmark pair was found, for the bench's table */
  via: string[];
  /** how many times finer the detail at the ends of sleeves is than above: lace shows the ground through it; 0 without */
  fineEnds?: number;
}

interface GarmentBase {
  /** cut out: alpha excludes background AND whatever lies behind the front neckline (inner back, label, hanger); colours are bled outwards under alpha 0 */
  raster: Raster;
  /** x of the mirror axis */
  axisX: number;
  /** median colour of the garment in CIE Lab */
  meanLab: readonly [number, number, number];
  signals: GarmentSignals;
}

/** A top: image left first in every pair. */
export interface TopGarment extends GarmentBase {
  kind: "top";
  sleeveKind: "none" | "short" | "long";
  /** side neck points, where neckline meets shoulder */
  neck: readonly [Vec, Vec];
  /** lowest point of the front neckline */
  neckFront: Vec;
  shoulderTip: readonly [Vec, Vec];
  armpit: readonly [Vec, Vec];
  hemY: number;
  /** trunk from the armpit row to the hem */
  rows: TrunkRow[];
  /** null where there is no sleeve */
  sleeves: readonly [LimbStrip | null, LimbStrip | null];
}

/** A bottom: trousers, shorts or a skirt. */
export interface BottomGarment extends GarmentBase {
  kind: "bottom";
  shape: "trousers" | "shorts" | "skirt";
  waist: readonly [Vec, Vec];
  /** null for a skirt */
  crotch: Vec | null;
  hemY: number;
  /** from waist to crotch (trousers, shorts) or to the hem (skirt) */
  rows: TrunkRow[];
  legs: readonly [LimbStrip, LimbStrip] | null;
}

export type GarmentAnalysis = TopGarment | BottomGarment;

/** Where a run is; `progress` is 0-1 over the whole run and never falls. */
export type EngineStage = "photo" | "garment" | "fit" | "finish";
export type OnStage = (stage: EngineStage, progress: number) => void;

/** One try-on: at least one garment; a missing analysis is made. */
export interface TryOnInput {
  photo: Raster;
  person?: PersonAnalysis;
  top?: TopGarment;
  bottom?: BottomGarment;
  onStage?: OnStage;
}

export interface TryOnOutput {
  image: Raster;
  /** 0-1; the gate already refused what is below its threshold */
  confidence: number;
  /** machine words such as garment_lengthened_to_cover_original */
  warnings: string[];
  /** pixels drawn as garment, 0-255, photo size: what the invariants and the bench look at */
  drawn: Uint8Array;
  /** milliseconds per stage */
  timings: Record<string, number>;
  /** figures that the confidence was made from, for the bench */
  gate: Record<string, number>;
}

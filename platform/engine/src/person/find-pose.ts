/** Who stands where: BlazePose detector, then two landmark passes (REPORT: MediaPipe's own procedure). */
import * as tf from "@tensorflow/tfjs-core";
import type { Models } from "../runtime/load-models.ts";
import type { Keypoint, Raster, Vec } from "../types.ts";

export interface Detection {
  score: number;
  box: readonly [number, number, number, number];
  /** middle of the hips, and a point whose distance from it is the body's radius */
  hip: Vec;
  full: Vec;
}

/** A square of the photo, turned by `rotation`. */
export interface Region {
  centre: Vec;
  size: number;
  rotation: number;
}

export interface Pose {
  detections: Detection[];
  keypoints: Keypoint[];
  /** 0-1: how sure the landmark model is that somebody is there */
  presence: number;
  region: Region;
  /** person mask of the region, 256 × 256, 0-1 */
  segmentation: Float32Array;
}

const detectorSide = 224;
const landmarkSide = 256;
const heatmapSide = 64;
const landmarkCount = 39;
const minScore = 0.45;
const maxOverlap = 0.3;
const roiScale = 1.25;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-Math.max(-100, Math.min(100, x))));

/** Centres of the detector's 2254 anchors, 0-1. */
const anchors: Vec[] = [8, 16, 32].flatMap((stride) => {
  const side = detectorSide / stride;
  const perCell = stride === 32 ? 6 : 2;
  return Array.from({ length: side * side * perCell }, (_, i): Vec => {
    const cell = Math.floor(i / perCell);
    return [((cell % side) + 0.5) / side, (Math.floor(cell / side) + 0.5) / side];
  });
});

/** Samples a region as RGB floats, two by two samples a pixel; black outside the photo. */
export function cropRegion(photo: Raster, region: Region, side: number, factor: number, offset: number): Float32Array {
  const { width, height, data } = photo;
  const out = new Float32Array(side * side * 3).fill(offset);
  const cos = Math.cos(region.rotation);
  const sin = Math.sin(region.rotation);
  const k = region.size / side;
  for (let at = 0; at < side * side * 4; at += 1) {
    const pixel = at >> 2;
    const u = ((pixel % side) + (at & 1 ? 0.75 : 0.25) - side / 2) * k;
    const v = (Math.floor(pixel / side) + (at & 2 ? 0.75 : 0.25) - side / 2) * k;
    const px = region.centre[0] + u * cos - v * sin - 0.5;
    const py = region.centre[1] + u * sin + v * cos - 0.5;
    if (px < -0.5 || py < -0.5 || px > width - 0.5 || py > height - 0.5) continue;
    const cx = Math.min(Math.max(px, 0), width - 1.001);
    const cy = Math.min(Math.max(py, 0), height - 1.001);
    const x = cx | 0;
    const y = cy | 0;
    const fx = cx - x;
    const fy = cy - y;
    const i = (y * width + x) * 4;
    const j = i + width * 4;
    for (let c = 0; c < 3; c += 1) {
      const upper = data[i + c]! * (1 - fx) + data[i + 4 + c]! * fx;
      const lower = data[j + c]! * (1 - fx) + data[j + 4 + c]! * fx;
      out[pixel * 3 + c] = out[pixel * 3 + c]! + (upper * (1 - fy) + lower * fy) * factor * 0.25;
    }
  }
  return out;
}

function overlap(a: Detection["box"], b: Detection["box"]) {
  const w = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const h = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const both = w * h;
  return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both + 1e-6);
}

async function detect(models: Models, photo: Raster): Promise<Detection[]> {
  const size = Math.max(photo.width, photo.height);
  const centre: Vec = [photo.width / 2, photo.height / 2];
  const input = tf.tensor4d(
    cropRegion(photo, { centre, size, rotation: 0 }, detectorSide, 2 / 255, -1),
    [1, 224, 224, 3],
  );
  const output = models.detector.execute(input) as tf.Tensor;
  const rows = await output.data();
  tf.dispose([input, output]);
  const toX = (v: number) => (v - 0.5) * size + centre[0];
  const toY = (v: number) => (v - 0.5) * size + centre[1];
  const found: Detection[] = [];
  for (const [index, [ax, ay]] of anchors.entries()) {
    const at = index * 13;
    const score = sigmoid(rows[at]!);
    if (score < minScore) continue;
    const value = (slot: number) => rows[at + slot]! / detectorSide;
    const [cx, cy, w, h] = [value(1) + ax, value(2) + ay, value(3), value(4)];
    found.push({
      score,
      box: [toX(cx - w / 2), toY(cy - h / 2), toX(cx + w / 2), toY(cy + h / 2)],
      hip: [toX(value(5) + ax), toY(value(6) + ay)],
      full: [toX(value(7) + ax), toY(value(8) + ay)],
    });
  }
  found.sort((a, b) => b.score - a.score);
  const kept: Detection[] = [];
  for (const one of found) if (!kept.some((other) => overlap(other.box, one.box) > maxOverlap)) kept.push(one);
  return kept;
}

function regionOf(hip: Vec, full: Vec): Region {
  const dx = full[0] - hip[0];
  const dy = full[1] - hip[1];
  const turn = Math.PI / 2 - Math.atan2(-dy, dx);
  const rotation = turn - 2 * Math.PI * Math.floor((turn + Math.PI) / (2 * Math.PI));
  return { centre: hip, size: 2 * Math.hypot(dx, dy) * roiScale, rotation };
}

/** The landmark of the regression, moved to the weighted middle of its heatmap's peak. */
function refine(heatmap: ArrayLike<number>, index: number, x: number, y: number): Vec {
  const hx = Math.floor(x / 4);
  const hy = Math.floor(y / 4);
  if (hx < 0 || hy < 0 || hx >= heatmapSide || hy >= heatmapSide) return [x, y];
  let sumX = 0;
  let sumY = 0;
  let sum = 0;
  let peak = 0;
  for (let v = Math.max(0, hy - 3); v <= Math.min(heatmapSide - 1, hy + 3); v += 1)
    for (let u = Math.max(0, hx - 3); u <= Math.min(heatmapSide - 1, hx + 3); u += 1) {
      const weight = sigmoid(heatmap[(v * heatmapSide + u) * landmarkCount + index]!);
      sum += weight;
      sumX += u * weight;
      sumY += v * weight;
      peak = Math.max(peak, weight);
    }
  // a cell's middle lies half a cell beyond its index
  return peak >= 0.5 && sum > 0 ? [(sumX / sum + 0.5) * 4, (sumY / sum + 0.5) * 4] : [x, y];
}

async function landmarkPass(models: Models, photo: Raster, region: Region) {
  const input = tf.tensor4d(cropRegion(photo, region, landmarkSide, 1 / 255, 0), [1, landmarkSide, landmarkSide, 3]);
  const names = ["ld_3d", "activation_segmentation", "activation_heatmap", "output_poseflag"];
  const outputs = models.landmarks.execute(input, names) as tf.Tensor[];
  const [points, segmentation, heatmap, flag] = await Promise.all(outputs.map((output) => output.data()));
  tf.dispose([input, ...outputs]);
  const cos = Math.cos(region.rotation);
  const sin = Math.sin(region.rotation);
  const k = region.size / landmarkSide;
  const keypoints = Array.from({ length: landmarkCount }, (_, i): Keypoint => {
    const [x, y] = refine(heatmap!, i, points![i * 5]!, points![i * 5 + 1]!);
    const u = (x - landmarkSide / 2) * k;
    const v = (y - landmarkSide / 2) * k;
    return {
      x: region.centre[0] + u * cos - v * sin,
      y: region.centre[1] + u * sin + v * cos,
      z: points![i * 5 + 2]! * k,
      visibility: sigmoid(points![i * 5 + 3]!),
    };
  });
  return { keypoints, presence: flag![0]!, region, segmentation: Float32Array.from(segmentation!) };
}

/** The pose of the largest person; null when nobody is found. */
export async function findPose(models: Models, photo: Raster): Promise<Pose | null> {
  const detections = await detect(models, photo);
  const size = ({ hip, full, score }: Detection) => Math.hypot(full[0] - hip[0], full[1] - hip[1]) * score;
  const best = [...detections].sort((a, b) => size(b) - size(a))[0];
  if (!best) return null;
  const first = await landmarkPass(models, photo, regionOf(best.hip, best.full));
  const hip = first.keypoints[33]!;
  const full = first.keypoints[34]!;
  const second = await landmarkPass(models, photo, regionOf([hip.x, hip.y], [full.x, full.y]));
  return { detections, ...(second.presence >= first.presence * 0.9 ? second : first) };
}

/** The region's person mask, sampled at a map of `scale` map pixels per photo pixel; 0 outside the region. */
export function projectSegmentation({ region, segmentation }: Pose, width: number, height: number, scale: number) {
  const out = new Float32Array(width * height);
  const cos = Math.cos(region.rotation);
  const sin = Math.sin(region.rotation);
  const k = landmarkSide / region.size;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const dx = (x + 0.5) / scale - region.centre[0];
      const dy = (y + 0.5) / scale - region.centre[1];
      const u = (dx * cos + dy * sin) * k + landmarkSide / 2 - 0.5;
      const v = (-dx * sin + dy * cos) * k + landmarkSide / 2 - 0.5;
      if (u < 0 || v < 0 || u >= landmarkSide - 1 || v >= landmarkSide - 1) continue;
      const x0 = u | 0;
      const y0 = v | 0;
      const fx = u - x0;
      const fy = v - y0;
      const i = y0 * landmarkSide + x0;
      const upper = segmentation[i]! * (1 - fx) + segmentation[i + 1]! * fx;
      const lower = segmentation[i + landmarkSide]! * (1 - fx) + segmentation[i + landmarkSide + 1]! * fx;
      out[y * width + x] = upper * (1 - fy) + lower * fy;
    }
  return out;
}

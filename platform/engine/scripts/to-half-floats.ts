/** float32 → IEEE half, round to nearest even; throws on overflow. */
export function toHalfFloats(values: Float32Array): Uint16Array {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return Uint16Array.from(values, (value) => {
    float[0] = value;
    return halfOf(bits[0] ?? 0);
  });
}

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) throw new Error("a weight does not fit half precision");
  if (exponent < -10) return sign;
  const isSmall = exponent <= 0;
  const full = isSmall ? mantissa | 0x800000 : mantissa;
  const shift = isSmall ? 14 - exponent : 13;
  const rest = full & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  let result = isSmall ? full >>> shift : (exponent << 10) | (full >>> shift);
  if (rest > half || (rest === half && (result & 1) === 1)) result += 1;
  if (result >= 0x7c00) throw new Error("a weight does not fit half precision");
  return sign | result;
}

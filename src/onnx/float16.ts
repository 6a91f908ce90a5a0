/**
 * Numbers as bits of half precision (IEEE 754 binary16), rounded to nearest, ties to even. What exceeds 65504 becomes
 * infinite.
 */
export function toFloat16(numbers: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const halves = new Uint16Array(numbers.length);
  for (let i = 0; i < halves.length; i++) {
    const whole = bits[i] as number;
    const magnitude = whole & 0x7fffffff;
    let half: number;
    // 65520 is half way between the largest number of the format and the next power of two.
    if (magnitude >= 0x477ff000) half = magnitude > 0x7f800000 ? 0x7e00 : 0x7c00;
    // Below 2^-14 a half is a whole number of 2^-24; adding 2^52 to a double rounds it to a whole number.
    else if (magnitude < 0x38800000) half = Math.abs(numbers[i] as number) * 2 ** 24 + 2 ** 52 - 2 ** 52;
    else half = (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
    halves[i] = half | ((whole >>> 16) & 0x8000);
  }
  return halves;
}

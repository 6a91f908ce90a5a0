import { type Area, type Bitmap, type Coverage, union, within } from './bitmap';

/**
 * Covers what hangs together with the pixel at `x` and `y` and is of its colour: no channel differs by more than `tolerance`
 * (0 to 255); two transparent pixels are alike. Goes row by row through spans. Returns the area that was filled.
 */
export function floodFill(coverage: Coverage, seen: Bitmap, x: number, y: number, tolerance: number): Area {
  const { width, height, data } = seen;
  const nothing = within(seen, { left: 0, top: 0, right: 0, bottom: 0 });
  if (x < 0 || y < 0 || x >= width || y >= height) return nothing;
  const start = 4 * (y * width + x);
  const wanted = data.slice(start, start + 4);
  const alike = (pixel: number): boolean => {
    const at = 4 * pixel;
    if (coverage.data[pixel] !== 0) return false;
    const alpha = data[at + 3] as number;
    if (Math.abs(alpha - (wanted[3] as number)) > tolerance) return false;
    if (alpha === 0 && wanted[3] === 0) return true;
    for (let channel = 0; channel < 3; channel++)
      if (Math.abs((data[at + channel] as number) - (wanted[channel] as number)) > tolerance) return false;
    return true;
  };
  let filled: Area = nothing;
  const open: number[] = [y * width + x];
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    if (!alike(pixel)) continue;
    const row = Math.floor(pixel / width);
    let [left, right] = [pixel - row * width, pixel - row * width + 1];
    while (left > 0 && alike(row * width + left - 1)) left -= 1;
    while (right < width && alike(row * width + right)) right += 1;
    coverage.data.fill(255, row * width + left, row * width + right);
    filled = union(filled, { left, top: row, right, bottom: row + 1 });
    for (const next of [row - 1, row + 1]) {
      if (next < 0 || next >= height) continue;
      let inSpan = false;
      for (let column = left; column < right; column++) {
        const fits = alike(next * width + column);
        if (fits && !inSpan) open.push(next * width + column);
        inSpan = fits;
      }
    }
  }
  return filled;
}

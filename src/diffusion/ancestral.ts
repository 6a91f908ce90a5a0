/** A step down the noise levels, split into a deterministic one that goes too far and fresh noise that comes up again. */
export interface AncestralStep {
  readonly down: number;
  readonly up: number;
}

/** Song et al. 2011.13456, appendix F, between two sigmas: down^2 + up^2 = to^2. `eta` is the share of fresh noise. */
export function ancestralStep(from: number, to: number, eta = 1): AncestralStep {
  const up = Math.min(to, (eta * Math.sqrt(Math.max(to ** 2 * (from ** 2 - to ** 2), 0))) / from);
  return { up, down: Math.sqrt(Math.max(to ** 2 - up ** 2, 0)) };
}

/** Along d = (x - x0) / sigma from one sigma to another. */
export function eulerRow(from: number, to: number): Record<string, number> {
  const ratio = to / from;
  return { x: ratio, denoised: 1 - ratio };
}

/**
 * The same in CFG++ (Chung et al. 2406.08070, algorithm 1): to the guided picture, and back along the slope that the negative
 * prompt alone sees. Chung's scale of 0 to 1 is ComfyUI's of 1 to 2 and more.
 */
export function renoisedRow(from: number, to: number): Record<string, number> {
  const ratio = to / from;
  return { denoised: 1, x: ratio, unguided: -ratio };
}

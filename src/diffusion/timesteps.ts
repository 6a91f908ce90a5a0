/** How the timesteps of a run are spread over those of training; Lin et al. 2305.08891, table 2. */
export const spacings = ['leading', 'linspace', 'trailing'] as const;
export type Spacing = (typeof spacings)[number];

/** As numpy rounds: halves to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  return fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** `count` numbers from `start` to `end`, both included. */
export function linspace(start: number, end: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? start : index === count - 1 ? end : start + index * ((end - start) / (count - 1)),
  );
}

type Spread = Readonly<Record<Spacing, (trained: number, steps: number, offset: number) => number[]>>;

/** Every `round(trained / steps)`-th timestep down from the last. Runs the steps asked for where numpy's arange adds one. */
const trailing: Spread['trailing'] = (trained, steps) => {
  const delta = trained - trained / steps - trained;
  return Array.from({ length: steps }, (_, index) => roundHalfEven(trained + index * delta) - 1);
};

const leading: Spread['leading'] = (trained, steps, offset) =>
  Array.from({ length: steps }, (_, index) => (steps - 1 - index) * Math.floor(trained / steps) + offset);

/** From the last timestep to the first, in fractions of a timestep: Euler and what descends from k-diffusion. */
export const fractionalTimesteps: Spread = {
  leading,
  trailing,
  linspace: (trained, steps) =>
    linspace(0, trained - 1, steps)
      .reverse()
      .map(Math.fround),
};

/** From the last timestep to the first, whole: DDIM, DDPM, PNDM. */
export const wholeTimesteps: Spread = {
  leading,
  trailing,
  linspace: (trained, steps) =>
    linspace(0, trained - 1, steps)
      .map(roundHalfEven)
      .reverse(),
};

/** Whole timesteps that stop one short of the first: DPM-Solver++, UniPC, DEIS. */
export const openTimesteps: Spread = {
  trailing,
  leading: (trained, steps, offset) =>
    Array.from({ length: steps }, (_, index) => (steps - index) * Math.floor(trained / (steps + 1)) + offset),
  linspace: (trained, steps) =>
    linspace(0, trained - 1, steps + 1)
      .map(roundHalfEven)
      .reverse()
      .slice(0, -1),
};

/// <reference types="vite/client" />
import type { Sampler } from '../sampler';

const modules = import.meta.glob<Sampler>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' });

/** Every sampler by the name of its file, `dpmpp-2m`. */
export const samplers: Readonly<Record<string, Sampler>> = Object.fromEntries(
  Object.entries(modules).map(([path, sampler]) => [path.replace(/^\.\/(.*)\.ts$/, '$1'), sampler]),
);

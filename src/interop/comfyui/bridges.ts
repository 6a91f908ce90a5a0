import { asModelReference, type ModelKind, modelName } from '../../core/model-reference';
import { integerOf, type Json, type JsonObject, wideDigits, wordOf } from './json';
import type { Bridge } from './node-class';

/** A value that means the same on both sides. */
export const same = (port: string): Bridge => ({
  port,
  read: (value) => ({ [port]: value }),
  write: (params) => params[port],
});

/** A number, which old files may hold as text. */
export const number = (port: string): Bridge => ({
  port,
  read: (value) => ({ [port]: numberOf(value) }),
  write: (params) => params[port],
});

function numberOf(value: Json): Json {
  if (typeof value !== 'string' || value.trim() === '' || wideDigits(value)) return value;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : value;
}

/** Seeds beyond 2^53 are text in Weft and digits in ComfyUI. */
export const seedBridge = (port: string): Bridge => ({
  port,
  read: (value) => ({ [port]: wideDigits(value) ?? numberOf(value) }),
  write(params) {
    const value = params[port];
    return typeof value === 'string' && /^\d+$/.test(value) ? integerOf(value) : value;
  },
});

/** A choice by names; one that has no counterpart stays as it is, and Weft says that it does not know it. */
export const choice = (port: string, names: Readonly<Record<string, Json>>): Bridge => ({
  port,
  read: (value) => ({ [port]: (Object.hasOwn(names, wordOf(value)) ? names[wordOf(value)] : value) as Json }),
  write(params) {
    const value = params[port] ?? null;
    return Object.keys(names).find((name) => names[name] === value) ?? value;
  },
});

/** A file of weights. */
export const model = (port: string, kinds: readonly ModelKind[]): Bridge => ({
  port,
  read: (value, reading) => ({ [port]: typeof value === 'string' ? reading.model(value, kinds, port) : '' }),
  write(params) {
    const reference = asModelReference(params[port]);
    return reference === undefined ? undefined : modelName(reference);
  },
});

/** A length in pixels that Weft counts in cells of the latent. */
export const cells = (port: string): Bridge => ({
  port,
  read(value) {
    const pixels = numberOf(value);
    return { [port]: typeof pixels === 'number' ? Math.floor(pixels / 8) : pixels };
  },
  write: (params) => (typeof params[port] === 'number' ? 8 * params[port] : undefined),
});

/** Several parameters for each of ComfyUI's names; the first of a row's parameters is the one that wires go to. */
export const several = (port: string, names: Readonly<Record<string, JsonObject>>): Bridge => ({
  port,
  read: (value) => (Object.hasOwn(names, wordOf(value)) && names[wordOf(value)]) || { [port]: value },
  write(params) {
    const found = (keys: (row: JsonObject) => readonly string[]) =>
      Object.keys(names).find((name) => {
        const row = names[name] as JsonObject;
        return keys(row).every((key) => params[key] === row[key]);
      });
    return found(Object.keys) ?? found(() => [port]) ?? params[port];
  },
});

/** Something that Weft does not have; its value is kept for the way back. */
export const unused = (value: Json): Bridge => ({ read: () => ({}), write: () => value });

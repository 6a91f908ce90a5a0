import { totalmem } from 'node:os';

/** Bytes of memory that this computer has, or that a container allows. */
export function memoryOfComputer(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

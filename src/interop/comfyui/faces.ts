import type { Subgraph } from '../../core/document';
import { isObject, type JsonObject } from './json';
import { list } from './origin';
import { portNames } from './ports';
import { textOf } from './workflow';

/** An id such as ComfyUI gives to subgraphs, always the same for a name. */
export function uuidOf(name: string): string {
  let digits = '';
  for (let round = 0; digits.length < 32; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    digits += hash.toString(16).padStart(8, '0');
  }
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Names of a subgraph's inputs and parameters, and of its outputs, in ComfyUI's order; new ones come last. */
export function facesOf({ inputs, params, outputs }: Subgraph, head: JsonObject) {
  const all = [...inputs, ...params].map(({ name }) => name);
  const old = (sockets: unknown, fallback: string) =>
    portNames(
      list(sockets).map((socket) => ({
        name: isObject(socket) ? textOf(socket.name) : '',
        type: isObject(socket) ? textOf(socket.type) : '',
      })),
      fallback,
    );
  const [oldIn, oldOut] = [old(head.inputs, 'in'), old(head.outputs, 'out')];
  const names = outputs.map(({ name }) => name);
  return {
    in: [...oldIn, ...all.filter((name) => !oldIn.includes(name))],
    out: [...oldOut, ...names.filter((name) => !oldOut.includes(name))],
  };
}

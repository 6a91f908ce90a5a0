import type { Document, WireEnd } from './document';
import { downstream, graphOf, inputSpec, outputSpec, type Registry } from './graph';
import { kinds } from './kinds';
import { mayGive, outputKind, takes } from './port-kinds';
import { zoneBodies } from './zones';

export type Connection = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const no = (reason: string): Connection => ({ ok: false, reason });

/**
 * Whether a wire may go from an output to an input; if not, why, in words for the person who holds the wire. A wire that is
 * already at the input does not stand in the way: the new one takes its place.
 */
export function canConnect(document: Document, registry: Registry, from: WireEnd, to: WireEnd): Connection {
  const source = document.nodes.find((node) => node.id === from[0]);
  const target = document.nodes.find((node) => node.id === to[0]);
  if (!source || !target) return no('One end of this wire is on a node that no longer exists.');
  const sourceType = registry.get(source.type);
  const targetType = registry.get(target.type);
  if (!sourceType || !targetType)
    return no(`Weft has no node of the type ${(sourceType ? target : source).type}, so its sockets are not known.`);
  const sourceTitle = source.title ?? sourceType.title;
  const targetTitle = target.title ?? targetType.title;
  const output = outputSpec(sourceType, from[1]);
  if (!output) return no(`${sourceTitle} has no output called ${from[1]}.`);
  const input = inputSpec(targetType, to[1]);
  if (!input) return no(`${targetTitle} has no input called ${to[1]}.`);
  if (source.id === target.id) return no(`${sourceTitle} cannot feed itself.`);
  const kind = outputKind(graphOf(document), registry, from);
  if (kind ? !takes(input, kind) : !mayGive(output, input.kind))
    return no(`${targetTitle} needs ${kinds[input.kind].phrase} here; this is ${kinds[kind ?? output.kind].phrase}.`);

  const wires = document.wires.filter((wire) => wire.to[0] !== to[0] || wire.to[1] !== to[1]);
  if (downstream(graphOf({ ...document, wires }), [target.id]).has(source.id))
    return no(
      `This would make a loop: ${sourceTitle} already depends on ${targetTitle}. Loops go through a denoise zone.`,
    );
  const before = zoneBodies(graphOf({ ...document, wires }), registry).problems.map((problem) => problem.what);
  const { problems } = zoneBodies(graphOf({ ...document, wires: [...wires, { from, to }] }), registry);
  const broken = problems.find((problem) => !before.includes(problem.what));
  return broken ? no(broken.cure ? `${broken.what} ${broken.cure}` : broken.what) : { ok: true };
}

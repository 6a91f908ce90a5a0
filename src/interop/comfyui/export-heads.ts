import { isObject, type Json, type JsonObject } from './json';
import { list } from './origin';
import { textOf } from './workflow';

/** A list of subgraphs with one more. */
export const withSubgraph = (definitions: unknown, raw: JsonObject): JsonObject => ({
  ...(isObject(definitions) ? definitions : {}),
  subgraphs: [...list(isObject(definitions) ? definitions.subgraphs : undefined), raw],
});

export const linkId = (link: Json): string => textOf(isObject(link) ? link.id : list(link)[0]);

/** The counters of a workflow, where new parts went beyond them. */
export function lastIds(
  head: JsonObject,
  { lastNode, lastLink }: { readonly lastNode: number; readonly lastLink: number },
): JsonObject {
  const beyond = (value: Json | undefined, last: number): Json =>
    value !== undefined && (last === 0 || (typeof value === 'number' && value >= last)) ? value : last;
  if (isObject(head.state)) {
    const { state } = head;
    return {
      state: {
        ...state,
        lastNodeId: typeof state.lastNodeId === 'string' ? state.lastNodeId : beyond(state.lastNodeId, lastNode),
        lastLinkId: beyond(state.lastLinkId, lastLink),
      },
    };
  }
  if (head.inputNode !== undefined) return {};
  const own = Object.hasOwn(head, 'nodes');
  return {
    ...((!own || Object.hasOwn(head, 'last_node_id')) && {
      last_node_id: typeof head.last_node_id === 'string' ? head.last_node_id : beyond(head.last_node_id, lastNode),
    }),
    ...((!own || Object.hasOwn(head, 'last_link_id')) && {
      last_link_id: typeof head.last_link_id === 'string' ? head.last_link_id : beyond(head.last_link_id, lastLink),
    }),
  };
}

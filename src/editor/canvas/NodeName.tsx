import { portSpec } from '../../core/graph';
import { registry } from '../registry';
import { useNode } from '../state/node-watch';
import type { NodeRun } from '../state/run-store';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import { spokenDuration } from '../words';

function stateWords(run: NodeRun | undefined, stale: boolean): string {
  if (!run) return canvas.notRunYet;
  switch (run.state) {
    case 'waiting':
      return canvas.waiting;
    case 'running':
      return canvas.running;
    case 'failed':
      return canvas.failed;
    case 'skipped':
      return canvas.skipped;
    case 'done':
      if (stale) return canvas.changedSince;
      return run.cached ? canvas.cached : canvas.done(spokenDuration(run.milliseconds));
  }
}

/** A node in words: "CFG combine, done, 0.4 milliseconds, 2 of 3 inputs wired". */
export function useNodeWords(id: string): string {
  const { title, wired, inputs } = useNode(id, (graph) => {
    const node = graph.nodes.get(id);
    const definition = registry.get(node?.type ?? '');
    const ports = [...Object.keys(definition?.in ?? {}), ...(node?.exposed ?? [])];
    const required = ports.filter((port) => !definition?.in[port] || !portSpec(definition.in[port]).optional);
    return {
      title: node?.title ?? definition?.title ?? node?.type ?? id,
      wired: graph.into.get(id)?.length ?? 0,
      inputs: Math.max(required.length, graph.into.get(id)?.length ?? 0),
    };
  });
  const off = useNode(id, (graph) => {
    const { muted, bypassed } = graph.nodes.get(id) ?? {};
    return muted ? canvas.footer.muted : bypassed ? canvas.bypassed : undefined;
  });
  const ran = useRun(({ nodes, stale }) => stateWords(nodes[id], stale.has(id)));
  const sockets = inputs ? canvas.inputsWired(wired, inputs) : '';
  return `${title}, ${off ?? ran}${sockets}`;
}

/** The name of a node's group for assistive technology. */
export const NodeName = ({ id }: { readonly id: string }) => (
  <span id={`name-${id}`} hidden>
    {useNodeWords(id)}
  </span>
);

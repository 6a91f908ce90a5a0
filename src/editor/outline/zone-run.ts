import { useRun } from '../state/use';
import { durationWords } from '../words';

/** How often the inside of a zone ran or is to run, how far it is as long as it does, and how long it took all in all. */
export function useZoneRun(members: readonly string[]) {
  return useRun(({ nodes }) => {
    const runs = members.flatMap((id) => nodes[id] ?? []);
    const going = runs.flatMap((run) => (run.state === 'running' && run.of ? [run] : []))[0];
    const counts = runs.map((run) => (run.state === 'running' ? (run.of ?? 0) : run.state === 'done' ? run.runs : 0));
    const evaluations = Math.max(0, ...counts);
    const took = runs.reduce((sum, run) => sum + (run.state === 'done' ? run.milliseconds : 0), 0);
    return {
      evaluations,
      running: going !== undefined,
      state: going ? `${going.done ?? 0} / ${going.of}` : evaluations > 0 && took > 0 ? durationWords(took) : '',
    };
  });
}

/** Runs the graph that is shown up to `targets`, or puts it into the queue as it is now. */
export async function run(targets?: readonly string[]): Promise<void> {
  // Fetched when it is first used: what looks for problems is not needed to show a graph.
  (await import('./queue')).queueRun(targets);
}

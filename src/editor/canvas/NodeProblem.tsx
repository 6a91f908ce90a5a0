import { Excerpt } from '../Excerpt';
import { useRun } from '../state/use';
import css from './WeftNode.module.css';

/** What went wrong at a node and what to do about it. */
export function NodeProblem({ id }: { readonly id: string }) {
  const problem = useRun(({ nodes }) => {
    const run = nodes[id];
    return run?.state === 'failed' ? run.problem : undefined;
  });
  if (!problem) return null;
  return (
    <div className={`${css.problem} nodrag`}>
      <strong>{problem.what}</strong>
      {problem.excerpt && <Excerpt of={problem.excerpt} />}
      {problem.cure && <span>{problem.cure}</span>}
    </div>
  );
}

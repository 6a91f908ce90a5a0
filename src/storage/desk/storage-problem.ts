import { type Problem, ProblemError } from '../../core/problem';

const full = {
  what: 'The storage of this browser is full, so changes are not kept.',
  cure: 'Free some: models, runs, the trash and old versions take room. You can go on, or save this graph to a file.',
};

/** True where freeing room would help. */
export const isStorageFull = (problem: Problem): boolean => problem === full;

/** Why something cannot be kept in this browser, in sentences. */
export function storageProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const options = { cause: thrown };
  if (name === 'QuotaExceededError') return new ProblemError(full, options);
  if (name === 'SecurityError' || name === 'NotAllowedError' || typeof indexedDB === 'undefined')
    return new ProblemError(
      {
        what: 'This browser does not allow pages to keep anything, so changes are not kept.',
        cure: 'Save this graph to a file before you close the page, or leave private browsing.',
      },
      options,
    );
  if (name === 'InvalidStateError' || name === 'AbortError' || name === 'UnknownError')
    return new ProblemError(
      {
        what: 'The storage of this browser broke off, so the last changes are not kept yet.',
        cure: 'Weft tries again by itself. Save this graph to a file if this stays.',
      },
      options,
    );
  const reason = thrown instanceof Error && thrown.message ? ` (${thrown.message})` : '';
  return new ProblemError(
    {
      what: `The last changes could not be kept in this browser${reason}.`,
      cure: 'Weft tries again by itself. Save this graph to a file if this stays.',
    },
    options,
  );
}

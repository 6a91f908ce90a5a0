import { type Problem, ProblemError } from '../../core/problem';

const full = {
  what: 'The storage of this browser is full, so changes are not kept.',
  cure: 'Free some: models, runs, the trash and old versions take room. You can go on, or save this graph to a file.',
};

const noRoom = {
  what: 'The storage of this browser is full, so there is no room for this.',
  cure: 'Free some in Models, Runs or Graphs: models, runs, the trash and old versions take room.',
};

/** What is wrong, where it is that the storage is full. */
export const roomProblem = (thrown: unknown): Problem | undefined =>
  nameOf(thrown) === 'QuotaExceededError' ? noRoom : undefined;

/** True where freeing room would help. */
export const isStorageFull = (problem: Problem): boolean => problem === full;

const isRefusal = (name: string): boolean =>
  name === 'SecurityError' || name === 'NotAllowedError' || typeof indexedDB === 'undefined';

const nameOf = (thrown: unknown): string =>
  thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';

/** True where this browser lets pages keep nothing, so that there is nothing to read either. */
export const isStorageRefused = (thrown: unknown): boolean => isRefusal(nameOf(thrown));

/** Why something that is kept in this browser cannot be read, in sentences; `so` says what is missing. */
export function readingProblem(thrown: unknown, so: string): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const reason = thrown instanceof Error && thrown.message ? ` (${thrown.message.replace(/[.\s]+$/, '')})` : '';
  return new ProblemError(
    {
      what: `The storage of this browser could not be read${reason}, so ${so}.`,
      cure: 'Nothing of it is lost by this. Weft tries again by itself; reload the page or restart the browser if this stays.',
    },
    { cause: thrown },
  );
}

/** Why something cannot be kept in this browser, in sentences. */
export function storageProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  const name = nameOf(thrown);
  const options = { cause: thrown };
  if (name === 'QuotaExceededError') return new ProblemError(full, options);
  if (isRefusal(name))
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

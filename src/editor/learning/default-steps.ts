import type { AnyNode } from '../../core/define-node';
import { parametersOf } from '../../core/parameters';

/** The steps of a node that learns, where none are set. */
export const defaultSteps = (definition: AnyNode): number =>
  Number(parametersOf(definition).find(({ name }) => name === 'steps')?.default ?? 0);

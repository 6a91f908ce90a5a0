import type { HashedModel } from '../../core/model-reference';
import type { Parameter } from '../../core/parameters';

/** What every widget gets: a parameter, its value, and how to change it. */
export interface FieldProps {
  /** Id of the node that has the parameter. */
  readonly node: string;
  readonly parameter: Parameter;
  /** The stored value, or the default. */
  readonly value: unknown;
  /** What the user calls the parameter. */
  readonly label: string;
  /** In a node the name stands inside the field; in the inspector it stands before it. */
  readonly place: 'node' | 'inspector';
  /** Changes that share a gesture are undone together. */
  readonly onChange: (value: string | number | boolean | HashedModel, gesture?: string) => void;
}

import type { AnyNode } from '../src/core/define-node';
import type { Registry } from '../src/core/graph';

const files = import.meta.glob<AnyNode>('./*/*.ts', { eager: true, import: 'default' });

/** Every node there is: the files of this folder, by `category/name`. */
export const registry: Registry = new Map(
  Object.entries(files)
    .filter(([path]) => !path.endsWith('.test.ts'))
    .map(([path, definition]) => {
      const type = path.slice('./'.length, -'.ts'.length);
      if (definition.type !== type)
        throw new Error(`nodes/${type}.ts defines "${definition.type}"; the path is the type.`);
      return [type, definition];
    }),
);

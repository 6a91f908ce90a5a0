import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const id = 'virtual:node-icons';
const resolved = `\0${id}`;

/** `arrows-split` is `IconArrowsSplit`. */
const componentName = (icon: string): string =>
  `Icon${icon.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase())}`;

/**
 * Makes `virtual:node-icons`, which exports the Tabler icon components that the node definitions in `folder` name
 * (`icon: 'arrows-split'`) and no others: all 6,000 would not fit the size budget. So for the definitions in other `files`.
 */
export function nodeIcons(folder: string, icons: string, files: readonly string[]): Plugin {
  return {
    name: 'weft:node-icons',
    resolveId: (source) => (source === id ? resolved : undefined),
    load(source) {
      if (source !== resolved) return undefined;
      const names = new Map<string, string>();
      const inFolder = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
        .map((entry) => join(entry.parentPath, entry.name));
      for (const file of [...inFolder, ...files]) {
        this.addWatchFile(file);
        for (const [, icon] of readFileSync(file, 'utf8').matchAll(/\bicon: '([a-z0-9-]+)'/g))
          if (icon) names.set(icon, file);
      }
      for (const [icon, file] of names)
        if (!existsSync(join(icons, `${componentName(icon)}.mjs`)))
          this.error(`${file} names the icon "${icon}", which Tabler does not have. See https://tabler.io/icons.`);
      const list = [...names.keys()].sort();
      return [
        `import { ${list.map((icon, i) => `${componentName(icon)} as i${i}`).join(', ')} } from '@tabler/icons-react';`,
        `export const nodeIcons = { ${list.map((icon, i) => `'${icon}': i${i}`).join(', ')} };`,
      ].join('\n');
    },
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Editor } from './editor';

const graphs = new URL('../../graphs/', import.meta.url);
const names = readdirSync(graphs)
  .filter((file) => file.endsWith('.weft.json'))
  .map((file) => (JSON.parse(readFileSync(new URL(file, graphs), 'utf8')) as { name: string }).name);

for (const name of names)
  test(`the template "${name}" opens with no node over another`, async ({ page }) => {
    const editor = new Editor(page);
    await editor.open();
    await editor.openTemplate(name);
    await expect(editor.nodes().last()).toBeInViewport();
    const boxes = await editor.nodes().evaluateAll((nodes) =>
      nodes.map((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return { title: node.getAttribute('data-id') ?? '', left, top, right, bottom };
      }),
    );
    const over = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.title} and ${b.title}`),
    );
    expect(over).toEqual([]);
  });

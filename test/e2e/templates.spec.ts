import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import gallery from '../../graphs/gallery.json' with { type: 'json' };
import { Editor } from './editor';

const nameOf = (id: string): string =>
  (JSON.parse(readFileSync(new URL(`../../graphs/${id}.weft.json`, import.meta.url), 'utf8')) as { name: string }).name;

/** Fewer steps and shorter lists: enough to see what a template is about. */
const shorter: readonly (readonly [RegExp, string])[] = [
  [/"steps":(20|25)\b/g, '"steps":2'],
  [/"steps":48\b/g, '"steps":3'],
  [/"1, 2\.5, 5, 7\.5, 10, 25, 50"/g, '"1, 5"'],
  [/"1, 2, 4, 8, 16, 48"/g, '"1, 3"'],
  [/"7, 42, 2024"/g, '"7, 42"'],
  [/"0, 0\.5, 1"/g, '"0, 1"'],
  [/"count":9/g, '"count":2'],
  // Ends of lines are written with as many backslashes as the build needs.
  [/euler\\+ndpmpp-2m\\+nddim\\+neuler-ancestral/g, 'dpmpp-2m'],
  [/a house in the snow(\\+n)a neon sign of a house\\+na car on a beach/g, 'a house in the snow$1a car on a beach'],
  [/a fox(\\+n)a fox, <blueprint>\\+na car, <blueprint>/g, 'a fox$1a fox, <blueprint>'],
];

/**
 * How many pictures each template shows with that, node by node. Those that are not here teach, which takes longer;
 * test/graphs.node.test.ts runs them.
 */
const pictures: Readonly<Record<string, readonly number[]>> = {
  'text-to-image': [1],
  'cfg-sweep': [2],
  steps: [2],
  evolution: [1, 3],
  'seeds-and-samplers': [2],
  'negative-prompt': [2],
  'between-prompts': [2, 1],
  'between-noises': [2, 1],
  'image-to-image': [1, 1],
  'image-to-image-again': [1, 1, 1, 1],
  inpainting: [1, 1],
  'two-pass': [1, 1],
  controlnet: [1, 1, 2],
  'lora-before-after': [2],
  'textual-inversion': [2],
};

interface Seen {
  readonly node: string;
  readonly label: string;
  readonly hash: string;
  /** Standard deviation of the colours, of 255. */
  readonly spread: number;
}

/** The pictures on the canvas, in the order of their nodes. */
const look = (page: Page): Promise<Seen[]> =>
  page.getByRole('main', { name: 'Graph' }).evaluate((main) =>
    Promise.all(
      [...main.querySelectorAll<HTMLCanvasElement>('canvas[data-picture]')].map(async (canvas) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        const values = [...data].filter((_, i) => i % 4 < 3);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
        const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(data));
        return {
          node: canvas.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? '',
          label: canvas.getAttribute('aria-label') ?? '',
          hash: [...new Uint8Array(digest)].map((byte) => byte.toString(16)).join(' '),
          spread,
        };
      }),
    ),
  );

async function nodesOver(editor: Editor): Promise<string[]> {
  const boxes = await editor.nodes().evaluateAll((nodes) =>
    nodes.map((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return { id: node.getAttribute('data-id') ?? '', left, top, right, bottom };
    }),
  );
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.id} and ${b.id}`),
  );
}

test('each template opens from the gallery with no node over another, and Run makes the pictures that it tells of', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const editor = new Editor(page);
  let shortened = 0;
  await page.route('**/assets/templates-*.js', async (route) => {
    const response = await route.fetch();
    let body = await response.text();
    for (const [long, short] of shorter) {
      const next = body.replace(long, short);
      if (next !== body) shortened += 1;
      body = next;
    }
    await route.fulfill({ response, body });
  });
  await editor.open();
  const seen = new Map<string, Seen[]>();
  for (const { id } of gallery) {
    await editor.openTemplate(nameOf(id));
    await expect(editor.nodes().last()).toBeVisible();
    expect(await nodesOver(editor), id).toEqual([]);
    const counts = pictures[id];
    if (!counts) continue;
    await editor.run.click();
    await expect(page.getByRole('status', { name: 'Run' }), id).toHaveText(/^Done in/, { timeout: 120_000 });
    // What plays a film is fetched when the first one is there.
    await expect(page.locator('canvas[data-picture]'), id).toHaveCount(counts.reduce((sum, count) => sum + count, 0));
    // The last picture is drawn a moment after the run has said that it is done.
    let found: Seen[] = [];
    await expect
      .poll(
        async () => {
          const before = JSON.stringify(found);
          found = await look(page);
          return found.length > 0 && JSON.stringify(found) === before;
        },
        { message: id, intervals: [250] },
      )
      .toBe(true);
    seen.set(id, found);
    const nodes = [...new Set(found.map(({ node }) => node))];
    const shown = nodes.map((node) => found.filter((one) => one.node === node));
    expect(shown.map(({ length }) => length).toSorted(), id).toEqual([...counts].toSorted());
    // None is blank, and no two that a node shows are the same.
    for (const { spread, label, node } of found)
      expect(spread, `${id}, ${label}`).toBeGreaterThan(node === 'edges' ? 1 : 10);
    for (const own of shown) expect(new Set(own.map(({ hash }) => hash)).size, id).toBe(own.length);
  }
  expect(shortened).toBe(shorter.length);

  const hashOf = (id: string, node: string, item = 0) => seen.get(id)?.filter((one) => one.node === node)[item]?.hash;
  // The same words, seed, steps and guidance are the same picture, however the graph comes to them.
  const car = hashOf('text-to-image', 'preview');
  expect(car).toBeDefined();
  expect(hashOf('cfg-sweep', 'preview', 1)).toBe(car);
  expect(hashOf('image-to-image', 'preview')).toBe(car);
  expect(hashOf('image-to-image-again', 'preview')).toBe(car);
  expect(hashOf('inpainting', 'preview')).toBe(car);
  expect(hashOf('two-pass', 'preview')).toBe(car);
  // Nothing of the second noise is the first; the last of three steps is what three steps come to.
  expect(hashOf('between-noises', 'preview', 0)).toBe(hashOf('seeds-and-samplers', 'preview', 1));
  expect(hashOf('evolution', 'preview', 2)).toBe(hashOf('steps', 'preview', 1));
  // What another model, other words or another picture went into is another picture.
  const others = ['negative-prompt', 'lora-before-after', 'textual-inversion', 'between-prompts'].flatMap((id) =>
    (seen.get(id) ?? []).filter(({ node }) => node === 'preview').map(({ hash }) => hash),
  );
  const second = ['image-to-image', 'inpainting', 'two-pass', 'controlnet'].map((id) => hashOf(id, 'preview-2'));
  expect(new Set([...others, car, ...second]).size).toBe(others.length + 1 + second.length);
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeDocument } from '../src/core/document';
import { bytesInMemory } from '../src/formats/bytes';
import { readNpy } from '../src/formats/npy';
import { decodePng } from '../src/formats/png';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';
import { caseNames, graphFor } from './picture-graphs';

const root = fileURLToPath(new URL('..', import.meta.url));
const models = path.join(root, 'test/reference/models');

function weft(folder: string, ...args: string[]) {
  return spawnSync(process.execPath, [path.join(root, 'src/cli/weft.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  });
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'weft-cli-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

const graph = writeDocument(graphFor(caseNames[0] as string));

// The first call builds the program and says so. What runs leave in the user's cache stays out of it.
beforeAll(() => {
  process.env.XDG_CACHE_HOME = mkdtempSync(path.join(tmpdir(), 'weft-cache-'));
  weft(root, 'nodes');
}, 120_000);

describe('weft run', () => {
  test('writes the picture and the values that diffusers makes of the same graph, seed and weights', () => {
    const folder = folderWith({ 'g.weft.json': graph });
    const { status, stdout, stderr } = weft(
      folder,
      ...['run', 'g.weft.json', '--model', path.join(models, 'sd1-fp32'), '--out', 'pictures'],
      ...['--dump', 'end.latent=end.npy', '--dump', 'cfg.prediction=cfg.npy', '--device', 'cpu'],
      ...['--profile', 'profile.json'],
    );
    expect(stderr).toMatch(/^Done in .+ on CPU\.$/m);
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      path.join('pictures', 'g-preview.png'),
      'end.npy',
      'cfg.npy',
      'profile.json',
    ]);

    const { traceEvents, otherData } = JSON.parse(readFileSync(path.join(folder, 'profile.json'), 'utf8'));
    const took = (name: string) =>
      traceEvents.filter((event: { name: string; ph: string }) => event.ph === 'X' && event.name === name);
    expect(took('UNet step, prompt')).toHaveLength(6);
    expect(otherData.device).toBe('CPU');

    const recorded = openSafetensors(
      bytesInMemory(readFileSync(path.join(root, 'test/reference/pictures/pictures.safetensors'))),
    );
    const latent = readNpy(readFileSync(path.join(folder, 'end.npy')));
    expect(latent.dims).toEqual(recorded.tensors.get(`${caseNames[0]}.latent`)?.shape);
    expectClose(latent.data as Float32Array, recorded.read(`${caseNames[0]}.latent`), 1e-4);
    // A value inside the zone is saved for every evaluation.
    expect(readNpy(readFileSync(path.join(folder, 'cfg.npy'))).dims).toEqual([6, ...latent.dims]);

    const picture = decodePng(readFileSync(path.join(folder, 'pictures', 'g-preview.png')));
    expect([picture.width, picture.height]).toEqual([64, 32]);
    // 8 bits: half a level away at the most.
    expectClose(picture.data, recorded.read(`${caseNames[0]}.image`), 0.003);
    expect(JSON.parse(picture.texts.weft ?? '').nodes).toHaveLength(15);
  });

  test('changes parameters with --set, and reports as JSON', () => {
    const folder = folderWith({ 'g.weft.json': graph });
    const { status, stdout } = weft(
      folder,
      ...['run', 'g.weft.json', '--model', path.join(models, 'sd1-fp32'), '--json'],
      ...[
        '--set',
        'scheduler.steps=2',
        '--set',
        'prompt.text=two = 2, "quoted"',
        '--set',
        'noise.seed=18446744073709551615',
      ],
    );
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.outcome).toBe('done');
    expect(report.nodes['unet-prompt']).toMatchObject({ status: 'done', runs: 2 });
    const saved = JSON.parse(decodePng(readFileSync(path.join(folder, report.files[0]))).texts.weft ?? '');
    const params = Object.fromEntries(
      saved.nodes.map((node: { id: string; params: unknown }) => [node.id, node.params]),
    );
    expect(params.prompt).toEqual({ text: 'two = 2, "quoted"' });
    expect(params.noise.seed).toBe('18446744073709551615');
  });

  test('runs through lists of values, draws them as a table and as an animation, and takes what an earlier run finished', () => {
    const folder = folderWith({ 'g.weft.json': graph });
    const sweep = (scales: string, ...more: string[]) =>
      weft(
        folder,
        ...['run', 'g.weft.json', '--model', path.join(models, 'sd1-fp32'), '--json', '--set', 'scheduler.steps=2'],
        ...['--set', `cfg.scale=${scales}`, '--set', 'prompt.text=["a cat, sitting","a dog"]', ...more],
      );
    const first = JSON.parse(sweep('1,7.5', '--grid', 'grid.png', '--animate', 'film.gif').stdout);
    expect(first.nodes['unet-prompt'].runs).toBe(8);
    expect(first.files.map((file: string) => path.basename(file))).toEqual([
      ...['g-preview-a_cat_sitting-1.png', 'g-preview-a_cat_sitting-7.5.png'],
      ...['g-preview-a_dog-1.png', 'g-preview-a_dog-7.5.png', 'grid.png', 'film.gif'],
    ]);
    const grid = decodePng(readFileSync(path.join(folder, 'grid.png')));
    expect([grid.width > 128, grid.height > 64, grid.texts.weft?.includes('lists/text-list')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(readFileSync(path.join(folder, 'film.gif')).subarray(0, 10)).toEqual(
      Buffer.from([...Buffer.from('GIF89a'), 64, 0, 32, 0]),
    );
    const second = JSON.parse(sweep('1,3,7.5', '--resume').stdout);
    expect(second.nodes['unet-prompt'].runs).toBe(4);
    expect(readFileSync(path.join(folder, 'out/g-preview-a_dog-7.5.png'))).toEqual(
      readFileSync(path.join(folder, first.files[3])),
    );
  });

  test.each([
    [
      'an animation of a kind that only browsers make',
      ['--animate', 'film.mp4'],
      'the terminal makes GIF and APNG files',
    ],
    ['a node that is not there', ['--set', 'gone.text=x'], 'the graph has no node "gone"'],
    [
      'a parameter that is not there',
      ['--set', 'cfg.sale=7'],
      'CFG combine has no parameter "sale". It has scale, rescale.',
    ],
    ['a value out of bounds', ['--set', 'cfg.scale=700'], 'cfg: CFG combine: scale cannot be used.'],
    ['a model that is not there', ['--model', 'nowhere'], 'checkpoint: There is no model'],
    ['an option that is not there', ['--sett', 'a.b=c'], "Unknown option '--sett'"],
    ['a device that is not there', ['--device', 'tpu'], 'There is no device "tpu" in the terminal.'],
  ])('says what is wrong with %s, and fails', (_, args, reason) => {
    const folder = folderWith({ 'g.weft.json': graph });
    const { status, stderr } = weft(folder, 'run', 'g.weft.json', '--model', path.join(models, 'sd1-fp32'), ...args);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/\n +at /);
    expect(status).toBe(1);
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
  });
});

describe('weft validate', () => {
  test('passes every graph that comes with Weft', () => {
    for (const name of readdirSync(path.join(root, 'graphs')).filter((file) => file.endsWith('.weft.json'))) {
      const { status, stdout } = weft(root, 'validate', path.join('graphs', name));
      expect(stdout).toMatch(/is a valid graph/);
      expect(status).toBe(0);
    }
  });

  test('names what is wrong, node by node', () => {
    const document = JSON.parse(graph);
    document.wires = document.wires.filter((wire: { to: string[] }) => wire.to.join() !== 'cfg,conditional');
    document.nodes.push({ id: 'odd', type: 'who/knows', version: 1, at: [0, 0], params: {} });
    const folder = folderWith({ 'g.weft.json': JSON.stringify(document), 'broken.weft.json': '{"format":"weft"' });
    const { status, stderr } = weft(folder, 'validate', 'g.weft.json');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n').toSorted()).toEqual([
      'cfg: CFG combine: conditional is not wired. Wire a prediction into it.',
      'odd: Weft has no node of the type who/knows. It is kept as it is; replace it to run this part.',
    ]);
    const broken = weft(folder, 'validate', 'broken.weft.json');
    expect(broken.status).toBe(1);
    expect(broken.stderr).toMatch(/^broken\.weft\.json: This is not a Weft graph: it is not JSON/);
  });
});

test('weft ends in silence where whoever reads has seen enough', () => {
  const command = `"${process.execPath}" "${path.join(root, 'src/cli/weft.mjs')}" nodes --json | head -c 20`;
  const { stdout, stderr } = spawnSync(command, { cwd: root, encoding: 'utf8', shell: true, timeout: 120_000 });
  expect(stdout).toHaveLength(20);
  expect(stderr).toBe('');
});

test('weft nodes --json describes every node with its ports and the JSON Schema of its parameters', () => {
  const { status, stdout } = weft(root, 'nodes', '--json');
  expect(status).toBe(0);
  const nodes = JSON.parse(stdout) as {
    type: string;
    in: object;
    params: { type: string; properties: Record<string, object> };
  }[];
  const files = readdirSync(path.join(root, 'nodes'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[^/]+\/[^/]+\.ts$/.test(name),
  );
  expect(nodes.map((node) => `${node.type}.ts`).toSorted()).toEqual(files.toSorted());
  const cfg = nodes.find((node) => node.type === 'sampling/cfg-combine');
  expect(cfg?.in).toMatchObject({
    conditional: { kind: 'prediction' },
    unconditional: { kind: 'prediction', optional: true },
  });
  expect(cfg?.params.properties.scale).toMatchObject({ type: 'number', minimum: 0, maximum: 100, default: 7.5 });
});

describe('weft diff', () => {
  test('says what makes one graph of another, with the status of diff', () => {
    const a = JSON.parse(graph);
    const [first, ...rest] = a.nodes;
    const b = { ...a, nodes: [{ ...first, title: 'Renamed' }, ...rest], wires: a.wires.slice(1) };
    const folder = folderWith({ 'a.weft.json': graph, 'b.weft.json': JSON.stringify(b) });
    const { status, stdout } = weft(folder, 'diff', 'a.weft.json', 'b.weft.json');
    expect(status).toBe(1);
    expect(stdout).toContain(`~ node ${first.id} (${first.type})\n    ~ title: nothing → "Renamed"`);
    expect(stdout).toContain(`- wire ${a.wires[0].from.join('.')} → ${a.wires[0].to.join('.')}`);
    const same = weft(folder, 'diff', 'a.weft.json', 'a.weft.json', '--json');
    expect([same.status, JSON.parse(same.stdout).same]).toEqual([0, true]);
  });
});

import { type Findings, type Found, findProblems } from '../../engine/problems/find-problems';
import { namedModels } from '../document/models';
import type { Path } from '../document/subgraph-inside';
import { deviceStore } from '../engine/client';
import { modelStore, readModels } from '../models/model-store';
import { definitionsOf } from '../registry';
import { documentStore, wholeDocument } from '../state/document-store';
import { tooLarge, weighSoon } from './memory';
import { problemStore } from './problem-store';

/** How long after an edit the graph is looked through, in milliseconds: not between two letters, however slowly they are typed. */
const pause = 400;

const models = (): ReadonlySet<string> | undefined => {
  const { entries } = modelStore.getState();
  return entries && new Set(entries.map(({ hash }) => hash));
};

/** The node that is shown for one of the graph, which may be inside of it. */
const shownNode = (id: string, path: Path): string => {
  const prefix = path.map((instance) => `${instance}/`).join('');
  return id.startsWith(prefix) ? (id.slice(prefix.length).split('/')[0] ?? id) : id;
};

/** The subgraph that was open when the graph was looked through. */
let lookedFrom = '';

/** Looks the graph through at once; `targets` are what is to be run. */
export function problemsNow(targets?: readonly string[]): Findings {
  const document = wholeDocument();
  if (namedModels(document).length) void readModels();
  const findings = findProblems(document, definitionsOf(document), {
    targets,
    models: models(),
    told: tooLarge(document),
  });
  if (targets) return findings;
  const { path } = documentStore.getState();
  const byNode = new Map<string, Found[]>();
  for (const problem of findings.found) {
    if (problem.hint) continue;
    const id = shownNode(problem.node, path);
    const list = byNode.get(id);
    if (list) list.push(problem);
    else byNode.set(id, [problem]);
  }
  lookedFrom = path.join('/');
  problemStore.setState({ of: document, found: findings.found, byNode });
  return findings;
}

let timer: ReturnType<typeof setTimeout> | undefined;

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { of } = problemStore.getState();
    const { nodes, wires, zones, subgraphs } = wholeDocument();
    if (
      lookedFrom === documentStore.getState().path.join('/') &&
      of?.nodes === nodes &&
      of.wires === wires &&
      of.zones === zones &&
      of.subgraphs === subgraphs
    )
      return;
    problemsNow();
  }, pause);
};

/** Keeps `problemStore` as the graph is. */
export function watchProblems() {
  documentStore.subscribe(({ document }, before) => {
    if (document === before.document) return;
    soon();
    weighSoon(problemsNow);
  });
  deviceStore.subscribe(() => weighSoon(problemsNow));
  weighSoon(problemsNow);
  modelStore.subscribe(() => problemsNow());
  problemsNow();
}

/** From now on the nodes of the graph that is shown tell their problems themselves. */
export const markTried = () =>
  problemStore.setState(({ tried }) => ({ tried: new Set([...tried, wholeDocument().id]) }));

import { type Findings, type Found, findProblems } from '../../engine/problems/find-problems';
import { namedModels } from '../document/models';
import { modelStore, readModels } from '../models/model-store';
import { registry } from '../registry';
import { currentDocument, documentStore } from '../state/document-store';
import { problemStore } from './problem-store';

/** How long after an edit the graph is looked through, in milliseconds: not between two letters. */
const pause = 150;

const models = (): ReadonlySet<string> | undefined => {
  const { entries } = modelStore.getState();
  return entries && new Set(entries.map(({ hash }) => hash));
};

/** Looks the graph through at once; `targets` are what is to be run. */
export function problemsNow(targets?: readonly string[]): Findings {
  const document = currentDocument();
  if (namedModels(document).length) void readModels();
  const findings = findProblems(document, registry, { targets, models: models() });
  if (targets) return findings;
  const byNode = new Map<string, Found[]>();
  for (const problem of findings.found) {
    if (problem.hint) continue;
    const list = byNode.get(problem.node);
    if (list) list.push(problem);
    else byNode.set(problem.node, [problem]);
  }
  problemStore.setState({ of: document, found: findings.found, byNode });
  return findings;
}

let timer: ReturnType<typeof setTimeout> | undefined;

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { of } = problemStore.getState();
    const { nodes, wires, zones, subgraphs } = currentDocument();
    if (of?.nodes === nodes && of.wires === wires && of.zones === zones && of.subgraphs === subgraphs) return;
    problemsNow();
  }, pause);
};

/** Keeps `problemStore` as the graph is. */
export function watchProblems() {
  documentStore.subscribe(({ document }, before) => document !== before.document && soon());
  modelStore.subscribe(() => problemsNow());
  problemsNow();
}

/** From now on the nodes of the graph that is shown tell their problems themselves. */
export const markTried = () =>
  problemStore.setState(({ tried }) => ({ tried: new Set([...tried, currentDocument().id]) }));

import { itemLabels } from '../../core/many';
import type { Picture } from '../../engine/events';
import { queueStore } from '../engine/queue-store';
import type { MenuTarget } from '../menus/target';
import { chosenPicture } from '../pictures/chosen';
import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { type Cells, runStore } from '../state/run-store';
import { compare as words } from '../text/compare';
import type { Side } from './open';

/** Lines of a menu that can still be read. */
const most = 16;

const nodeTitle = (id: string): string => {
  const node = documentStore.getState().graph.nodes.get(id);
  return node?.title ?? registry.get(node?.type ?? '')?.title ?? id;
};

type Found = Side & { readonly picture: Picture };

const sidesOf = (title: string, { axes, pictures, from }: Cells): Found[] =>
  pictures.flatMap((picture, i) => {
    const label = pictures.length > 1 ? [itemLabels(axes, i).join(', ') || String(i + 1)] : [];
    const among = axes.length > 0 ? { among: { axes, pictures, index: i } } : {};
    return picture ? [{ title: [title, ...label].join(', '), document: from, picture, ...among }] : [];
  });

/** The picture that a menu was opened on, and all others that there are: those that are shown, and those of earlier runs. */
export function picturesToCompare(
  on?: MenuTarget,
): { readonly chosen: Side; readonly others: readonly Side[] } | undefined {
  const chosen = chosenPicture(on);
  if (!chosen) return undefined;
  const shown = Object.entries(runStore.getState().shown).flatMap(([id, one]) => sidesOf(nodeTitle(id), one));
  const graph = documentStore.getState().history.document.id;
  const earlier = queueStore
    .getState()
    .entries.filter(({ graph: { id } }) => id === graph)
    .toReversed()
    .flatMap((entry, ago) =>
      Object.entries(entry.shown).flatMap(([id, one]) => sidesOf(words.earlier(nodeTitle(id), ago), one)),
    );
  const seen = new Set<Picture>([chosen.picture]);
  const others = [...shown, ...earlier].filter(({ picture }) => !seen.has(picture) && seen.add(picture));
  const { picture, shown: own, node } = chosen;
  const side = sidesOf(nodeTitle(node), own).find((one) => one.picture === picture);
  return { chosen: side ?? { title: nodeTitle(node), document: own.from, picture }, others: others.slice(0, most) };
}

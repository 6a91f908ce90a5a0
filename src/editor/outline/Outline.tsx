import { IconChevronRight, IconFrame, IconNote, IconPlus, IconRepeat, IconX } from '@tabler/icons-react';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { retitleFrame } from '../document/frames';
import { bringIntoView, nodeElement } from '../keyboard/focus';
import { byKeys } from '../keyboard/modality';
import { gather, selectFocused } from '../keyboard/select';
import { openContextMenu } from '../menus/open';
import type { MenuTarget } from '../menus/target';
import { registry, zoneTitle } from '../registry';
import { boxesOf, selectNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { togglePanel, uiStore } from '../state/ui-store';
import { useCanvas, useDocument } from '../state/use';
import { common } from '../text/common';
import { outline } from '../text/outline';
import { ensureTabStop, makeTabStop, onTreeKey } from './keys';
import { Name } from './Name';
import { AtThumb, NodeLine } from './NodeLine';
import css from './Outline.module.css';
import { type GroupItem, type OutlineItem, outlineOf } from './tree';
import { useZoneRun } from './zone-run';

interface LineProps<T extends OutlineItem> {
  readonly item: T;
  readonly selected: ReadonlySet<string>;
}

/** Nodes of an item, those in groups too. */
const nodesIn = (item: OutlineItem): readonly string[] =>
  'children' in item ? item.children.flatMap(nodesIn) : item.kind === 'node' ? [item.id] : [];

const none: readonly string[] = [];

function Group({ item, selected }: LineProps<GroupItem>) {
  const [open, setOpen] = useState(true);
  const row = useRef<HTMLDivElement>(null);
  const { id, kind, ends, children } = item;
  const title = useDocument(({ graph, document }) => {
    if (kind === 'frame') return document.frames.find((frame) => frame.id === id)?.title || outline.frame;
    const start = registry.get(graph.nodes.get(ends?.[0] ?? '')?.type ?? '');
    return start ? outline.zoneNamed(zoneTitle(start)) : outline.zone;
  });
  const members = nodesIn(item);
  const count = outline.nodes(members.length);
  const { evaluations, running, state } = useZoneRun(kind === 'zone' ? members : none);
  const Icon = kind === 'zone' ? IconRepeat : IconFrame;
  const chosen = ends ? ends.every((end) => selected.has(end)) : selected.has(id);
  return (
    <div
      ref={row}
      role="treeitem"
      tabIndex={-1}
      aria-label={`${kind === 'frame' ? outline.frameNamed(title) : title}, ${count}`}
      aria-expanded={open}
      aria-selected={chosen}
      data-part={kind === 'frame' ? id : undefined}
      data-ends={ends?.join(' ')}
    >
      <div className={css.row}>
        <button
          type="button"
          className={css.chevron}
          aria-hidden
          tabIndex={-1}
          data-toggle={open ? 'open' : 'closed'}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={12} stroke={1.6} aria-hidden />
        </button>
        <Icon size={16} stroke={1.6} aria-hidden />
        <span className={css.words}>
          {kind === 'frame' ? <Name id={id} title={title} rename={retitleFrame} row={row} /> : <b>{title}</b>}
          <small>{evaluations > 1 ? common.evaluations(evaluations) : count}</small>
        </span>
        <span className={`${css.state} ${running ? css.accent : ''}`}>{state}</span>
      </div>
      {open && (
        <Lines items={children} selected={selected} role="group" className={kind === 'zone' ? css.zone : css.frame} />
      )}
    </div>
  );
}

const NoteLine = memo(function NoteLine({ id, selected }: { readonly id: string; readonly selected: boolean }) {
  const text = useDocument(({ document }) => document.notes?.find((note) => note.id === id)?.text ?? '');
  const words = text.trim() || outline.emptyNote;
  return (
    <div role="treeitem" tabIndex={-1} aria-label={outline.note(words)} aria-selected={selected} data-part={id}>
      <div className={css.row}>
        <i className={css.chevron} />
        <IconNote size={16} stroke={1.6} aria-hidden />
        <span className={css.words}>
          <small>{words}</small>
        </span>
      </div>
    </div>
  );
});

interface LinesProps {
  readonly items: readonly OutlineItem[];
  readonly selected: ReadonlySet<string>;
  readonly role: 'group';
  readonly className?: string | undefined;
}

const lines = (items: readonly OutlineItem[], selected: ReadonlySet<string>): ReactNode =>
  items.map((item) => {
    if ('children' in item) return <Group key={`${item.kind} ${item.id}`} item={item} selected={selected} />;
    const chosen = selected.has(item.id);
    if (item.kind === 'note') return <NoteLine key={item.id} id={item.id} selected={chosen} />;
    return <NodeLine key={item.id} id={item.id} selected={chosen} alone={chosen && selected.size === 1} />;
  });

const Lines = ({ items, selected, role, className }: LinesProps) => (
  <div role={role} className={className}>
    {lines(items, selected)}
  </div>
);

const itemOf = (target: EventTarget) => (target as Element).closest<HTMLElement>('[role=treeitem]');

/** Whatever line is chosen, its part is selected, so that commands act on it, and can be seen on the canvas. */
function choose(item: HTMLElement, pick: (id: string) => void) {
  const { node, part, ends } = item.dataset;
  if (ends !== undefined) selectNodes(ends.split(' '));
  const id = part ?? node;
  if (id !== undefined) pick(id);
  const element = nodeElement(id ?? ends?.split(' ')[0] ?? '');
  if (element) bringIntoView(element);
}

function targetOf({ dataset: { node, port, side, part } }: HTMLElement): MenuTarget | undefined {
  if (node !== undefined && port !== undefined && (side === 'source' || side === 'target'))
    return { place: 'port', node, port, side };
  if (node !== undefined) return { place: 'node', id: node };
  if (part === undefined) return undefined;
  return { place: documentStore.getState().document.frames.some(({ id }) => id === part) ? 'frame' : 'note', id: part };
}

function onContextMenu(event: MouseEvent) {
  const item = itemOf(event.target as Element);
  const on = item && targetOf(item);
  if (!item || !on || (event.target as Element).matches('input, textarea, select')) return;
  event.preventDefault();
  const { left, top } = item.getBoundingClientRect();
  const at = event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: left + 40, y: top + 24 };
  openContextMenu(at, on);
}

interface OutlineProps {
  /** Without a head of its own. */
  readonly bare?: boolean;
  /** Makes it wider. */
  readonly edge?: ReactNode;
}

/** The graph as a list: everything that can be done on the canvas, without one. */
export default function Outline({ bare = false, edge }: OutlineProps) {
  const tree = useRef<HTMLDivElement>(null);
  const Frame = bare ? 'div' : 'aside';
  const graph = useDocument((state) => state.graph);
  const ids = useCanvas(({ nodes }) => nodes.filter((node) => node.selected).map(({ id }) => id));
  const items = outlineOf(
    graph,
    registry,
    boxesOf([...graph.nodes.keys(), ...(graph.document.notes ?? []).map(({ id }) => id)]),
  );
  const selected = new Set(ids);
  const [first] = ids;
  useEffect(() => {
    if (tree.current) ensureTabStop(tree.current);
  });
  useEffect(() => {
    const list = tree.current;
    if (!list || first === undefined || list.contains(document.activeElement)) return;
    const item = list.querySelector<HTMLElement>(`[data-part="${CSS.escape(first)}"]`);
    if (!item) return;
    makeTabStop(list, item);
    item.scrollIntoView({ block: 'nearest' });
  }, [first]);
  return (
    <Frame className={css.outline} data-bare={bare} aria-label={bare ? undefined : outline.outline}>
      {!bare && (
        <div className={css.head}>
          <h2>{outline.outline}</h2>
          <button
            type="button"
            aria-label={outline.addNode}
            onClick={({ currentTarget }) => {
              const { left, bottom } = currentTarget.getBoundingClientRect();
              uiStore.setState({ adding: { x: left, y: bottom + 4, loose: undefined, beside: true } });
            }}
          >
            <IconPlus size={16} stroke={1.6} aria-hidden />
          </button>
          <button type="button" aria-label={outline.closeOutline} onClick={() => togglePanel('outline')}>
            <IconX size={16} stroke={1.6} aria-hidden />
          </button>
        </div>
      )}
      {items.length === 0 ? (
        <p className={css.none}>{outline.empty}</p>
      ) : (
        <div
          ref={tree}
          role="tree"
          aria-label={outline.tree}
          aria-multiselectable
          className={css.tree}
          onKeyDown={onTreeKey}
          onFocus={({ target, currentTarget }) => {
            const item = itemOf(target);
            if (!item) return;
            makeTabStop(currentTarget, item);
            if (byKeys()) choose(item, selectFocused);
          }}
          onClick={({ target, ctrlKey, metaKey, shiftKey, currentTarget }) => {
            const item = itemOf(target);
            if (!item || (target as Element).closest('[data-toggle]')) return ensureTabStop(currentTarget);
            choose(item, (id) => (ctrlKey || metaKey || shiftKey ? gather(id) : selectNodes([id])));
            if (!(target as Element).closest('input, textarea, select, button, [role=spinbutton]')) item.focus();
          }}
          onContextMenu={(event) => onContextMenu(event.nativeEvent)}
        >
          <AtThumb value={bare}>{lines(items, selected)}</AtThumb>
        </div>
      )}
      {edge}
    </Frame>
  );
}

import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { endWords, titleIn } from '../announce/changes';
import { announce } from '../announce/live';
import { SocketShape } from '../canvas/SocketShape';
import controls from '../controls.module.css';
import list from '../dialogs/CommandPalette.module.css';
import { Dialog } from '../dialogs/Dialog';
import { exposeParameter } from '../document/parameters';
import { allOf } from '../document/recipe';
import { connect, disconnect, wireId } from '../document/wires';
import { NodeIcon } from '../NodeIcon';
import { search } from '../palette/search';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { canvasStore } from '../state/canvas-store';
import { documentStore, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { common } from '../text/common';
import { connectDialog } from '../text/connect-dialog';
import css from './ConnectDialog.module.css';
import { type Entry, entriesFor } from './entries';

/** More lines than anybody reads. */
const most = 80;

/** Room between a node and the one that is added for it, in pixels of the graph. */
const gap = 140;

const close = () => uiStore.setState({ dialog: undefined, connecting: undefined });

function perform({ act }: Entry) {
  if (act.type === 'choose') {
    const { end, side } = act.socket;
    uiStore.setState({ connecting: { node: end[0], socket: { port: end[1], side } } });
    return;
  }
  close();
  if (act.type === 'unwire') edit(connectDialog.removeWire, disconnect(new Set([wireId(act.to)])));
  else if (act.type === 'wire') {
    const wire = connect(act.from, act.to);
    edit(connectDialog.wire, act.expose ? allOf(exposeParameter(act.to[0], act.to[1], true), wire) : wire);
  } else if (act.type === 'add') {
    const { definition, loose } = act;
    const node = canvasStore.getState().nodes.find(({ id }) => id === loose.end[0]);
    const { x, y } = node?.position ?? { x: 0, y: 0 };
    const width = node?.measured?.width ?? 160;
    addNode(definition, [loose.side === 'source' ? x + width + gap : x - gap, y + 100], { loose, beside: true });
  }
}

function title({ node, socket }: NonNullable<ReturnType<typeof uiStore.getState>['connecting']>): string {
  const { graph } = documentStore.getState();
  if (!socket) return connectDialog.node(titleIn(graph, registry, node));
  return connectDialog.socket(endWords(graph, registry, [node, socket.port]), socket.side);
}

/** What a socket can be wired to, by name: what fits first, then the rest with the reason why it does not. */
function Choices({ connecting }: { readonly connecting: Parameters<typeof title>[0] }) {
  const [entries] = useState(() => entriesFor(connecting));
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const shown = (query.trim() ? search(entries, query, (entry) => [entry.title, entry.group]) : entries)
    .slice(0, most)
    .map((entry) => ({ entry, reason: entry.reason() }))
    .map(({ entry, reason }) => ({
      entry,
      reason,
      group: reason === undefined ? entry.group : connectDialog.doesNotFit,
    }));
  const order = [...new Set(shown.map(({ group }) => group))].sort(
    (a, b) => +(a === connectDialog.doesNotFit) - +(b === connectDialog.doesNotFit),
  );
  const lines = order.flatMap((group) => shown.filter((line) => line.group === group));
  const current = lines[Math.min(chosen, lines.length - 1)];
  const heading = title(connecting);
  const take = ({ entry, reason }: (typeof lines)[number]) => {
    if (reason === undefined) perform(entry);
    else announce(reason);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && current) setChosen((lines.indexOf(current) + step + lines.length) % lines.length);
    else if (event.key === 'Enter' && current) take(current);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <h2 className={css.title}>{heading}</h2>
      <div className={`${controls.typing} ${list.search}`}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was asked for, and it is for typing
          autoFocus
          role="combobox"
          aria-label={heading}
          aria-expanded
          aria-controls="connect-list"
          aria-activedescendant={current?.entry.id}
          placeholder={connecting.socket ? connectDialog.which : connectDialog.whichOfNode}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        className={`${list.list} ${controls.scroll}`}
        id="connect-list"
        role="listbox"
        aria-label={connectDialog.socketsNodes}
      >
        {lines.map((line, i) => {
          const { entry, reason, group } = line;
          return (
            <div key={entry.id} role="presentation">
              {group !== lines[i - 1]?.group && (
                <div className={list.group} role="presentation">
                  {group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
              <div
                id={entry.id}
                role="option"
                tabIndex={-1}
                aria-selected={line === current}
                aria-disabled={reason !== undefined}
                className={`${list.item} ${css.item}`}
                ref={(element) => {
                  if (line === current) element?.scrollIntoView({ block: 'nearest' });
                }}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(line)}
              >
                {entry.act.type === 'add' ? (
                  <NodeIcon type={entry.act.definition.type} size={16} />
                ) : (
                  <SocketShape kind={entry.kind} size={13} />
                )}
                <span>{entry.title}</span>
                {(reason ?? entry.hint) && <em>{reason ?? entry.hint}</em>}
              </div>
            </div>
          );
        })}
        {lines.length === 0 && <p role="status">{query ? common.nothingCalled : connectDialog.none}</p>}
      </div>
    </>
  );
}

/** Wires a node by names, without a pointer: first one of its sockets, then what it goes to. */
export default function ConnectDialog() {
  const connecting = useUi((state) => state.connecting);
  if (!connecting) return null;
  const { node, socket } = connecting;
  return (
    <Dialog label={connectDialog.connect} className={css.dialog}>
      <Choices key={`${node} ${socket?.side} ${socket?.port}`} connecting={connecting} />
    </Dialog>
  );
}

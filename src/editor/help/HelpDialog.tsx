import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { AnyNode, PortSpec } from '../../core/define-node';
import { portSpec } from '../../core/graph';
import { type Kind, kinds } from '../../core/kinds';
import { type Parameter, parametersOf } from '../../core/parameters';
import { SocketShape } from '../canvas/SocketShape';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { NodeIcon } from '../NodeIcon';
import { categoryOf, registry } from '../registry';
import { TemplateCard } from '../templates/TemplateCard';
import { templatesWith } from '../templates/templates';
import { common } from '../text/common';
import { help } from '../text/help';
import { numberWords, portWords } from '../words';
import { Formula } from './Formula';
import css from './Help.module.css';
import { helpStore, openHelp } from './help-store';

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

/** All nodes by category, as the list of them shows them. */
const categories = [...new Set([...registry.keys()].map(categoryOf))].map(
  (name) => [name, [...registry.values()].filter(({ type }) => categoryOf(type) === name)] as const,
);

const valueWords = (value: unknown, { labels, kind }: Parameter): string => {
  if (typeof value === 'number') return numberWords(value);
  if (kind === 'boolean') return value ? help.yes : help.no;
  if (typeof value !== 'string') return '';
  return value === '' ? help.empty : (labels?.[value] ?? value.replaceAll('\n', ', '));
};

/** "0 to 100 px, 7.5 at first". */
function rangeWords(parameter: Parameter): string {
  const { minimum, maximum, unit, options, labels } = parameter;
  const words: string[] = [];
  if (options) words.push(options.map((option) => labels?.[option] ?? option).join(', '));
  else if (minimum !== undefined && maximum !== undefined)
    words.push(common.range(numberWords(minimum), numberWords(maximum)));
  else if (minimum !== undefined) words.push(help.orMore(numberWords(minimum)));
  else if (maximum !== undefined) words.push(help.upTo(numberWords(maximum)));
  if (unit && words.length > 0 && !options) words[0] += ` ${unit}`;
  const first = valueWords(parameter.default, parameter);
  return [words.join(''), first && help.atFirst(first)].filter(Boolean).join('; ');
}

interface RowProps {
  readonly name: string;
  readonly kind: Kind;
  readonly help: string | undefined;
  /** What follows the name: "may stay unwired". */
  readonly more?: string | undefined;
  readonly hollow?: boolean;
}

function Row({ name, kind, help, more, hollow = false }: RowProps) {
  const row = useRef<HTMLLIElement>(null);
  const current = useStore(helpStore, ({ part }) => part === name);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'center' });
  }, [current]);
  return (
    <li ref={row} className={current ? css.current : undefined} aria-current={current || undefined}>
      <SocketShape kind={kind} size={11} hollow={hollow} />
      <strong>{portWords(name)}</strong>
      <em>{[kinds[kind].phrase, more].filter(Boolean).join(', ')}</em>
      <p>{help}</p>
    </li>
  );
}

const portMore = ({ also = [], optional, gathers, lists }: PortSpec): string =>
  [
    also.length > 0 && help.or(also.map((kind) => kinds[kind].phrase).join(', ')),
    optional && help.optional,
    gathers && help.gathers,
    lists && help.lists,
  ]
    .filter(Boolean)
    .join(', ');

function Ports({ title, ports }: { readonly title: string; readonly ports: AnyNode['in'] }) {
  const all = Object.entries(ports as Record<string, Kind | PortSpec>);
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={css.rows}>
        {all.map(([name, port]) => {
          const spec = portSpec(port);
          return <Row key={name} name={name} kind={spec.kind} help={spec.help} more={portMore(spec)} />;
        })}
      </ul>
    </section>
  );
}

function Parameters({ definition }: { readonly definition: AnyNode }) {
  const all = parametersOf(definition);
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{help.parameters}</h3>
      <ul className={css.rows}>
        {all.map((parameter) => (
          <Row
            key={parameter.name}
            name={parameter.name}
            kind={parameter.kind}
            help={parameter.help}
            more={rangeWords(parameter)}
            hollow
          />
        ))}
      </ul>
      <p className={css.note}>{help.parametersHint}</p>
    </section>
  );
}

/** Pictures of this many templates at most. */
const shown = 3;

/** The ideas that the node belongs to, as the templates that explain it, or else those that have it. */
function Ideas({ type }: { readonly type: string }) {
  const having = templatesWith(type);
  const explaining = having.filter(({ about }) => about.includes(type));
  const list = (explaining.length > 0 ? explaining : having).slice(0, shown);
  if (list.length === 0) return null;
  const others = having.filter((template) => !list.includes(template));
  return (
    <section>
      <h3>{explaining.length > 0 ? help.idea : help.used}</h3>
      <ul className={css.ideas}>
        {list.map((template) => (
          <li key={template.document.id}>
            <TemplateCard template={template} onOpen={closeDialog} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <p className={css.note}>{help.also(others.map(({ document }) => document.name).join(', '))}</p>
      )}
    </section>
  );
}

/** All that a node's definition says: what it does, its formula, what it takes and gives, and what can be set. */
export default function HelpDialog() {
  const type = useStore(helpStore, (state) => state.type);
  const body = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another node is read from its start
  useEffect(() => {
    if (!helpStore.getState().part) body.current?.scrollTo(0, 0);
  }, [type]);
  const definition = registry.get(type);
  return (
    <Dialog label={help.title(definition?.title ?? type)} className={css.dialog}>
      <div className={frame.head}>
        <h2>
          <NodeIcon type={type} size={18} />
          {definition?.title ?? type}
        </h2>
        <select aria-label={help.another} value={type} onChange={(event) => openHelp(event.currentTarget.value)}>
          {!definition && <option value={type}>{type}</option>}
          {categories.map(([category, nodes]) => (
            <optgroup key={category} label={capital(category)}>
              {nodes.map((node) => (
                <option key={node.type} value={node.type}>
                  {node.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section ref={body} className={`${css.body} ${controls.scroll}`} tabIndex={0} aria-label={help.text}>
        <p>{definition?.help ?? help.unknown}</p>
        {definition && (
          <>
            <Formula definition={definition} />
            <Ports title={help.takes} ports={definition.in} />
            <Ports title={help.gives} ports={definition.out} />
            <Parameters definition={definition} />
            <Ideas type={type} />
          </>
        )}
      </section>
    </Dialog>
  );
}

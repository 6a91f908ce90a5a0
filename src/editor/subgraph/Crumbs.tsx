import { IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { follow } from '../document/subgraph-inside';
import { definitionsOf } from '../registry';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { subgraph } from '../text/subgraph';
import { leaveTo } from './open';
import css from './subgraph.module.css';

/** The name of the graph that is shown; while a subgraph is open, the way back to the graph. */
export function Crumbs() {
  const titles = useDocument(({ history: { document }, path }) => [
    document.name || common.untitled,
    ...follow(document, path).instances.map(
      ({ title, type }) => title ?? definitionsOf(document).get(type)?.title ?? type,
    ),
  ]);
  const path = useDocument((state) => state.path);
  return (
    <span className={css.crumbs}>
      {titles.map((title, depth) =>
        depth === titles.length - 1 ? (
          <span key={path.join('/')}>{title}</span>
        ) : (
          <Fragment key={path.slice(0, depth).join('/')}>
            <button
              type="button"
              className={css.crumb}
              aria-label={subgraph.backTo(title)}
              onClick={() => leaveTo(depth)}
            >
              <span>{title}</span>
            </button>
            <IconChevronRight size={12} stroke={1.6} aria-hidden />
          </Fragment>
        ),
      )}
    </span>
  );
}

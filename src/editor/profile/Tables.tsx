import type { ReactNode } from 'react';
import type { Profile } from '../../engine/profile/profile';
import { profile as words } from '../text/profile';
import css from './Profile.module.css';
import { networkName, networkTotals, nodeTotals, type Total } from './rows';

interface Props {
  readonly profile: Profile;
  readonly titleOf: (node: string) => string;
}

const time = (milliseconds: number) => milliseconds > 0 && words.duration(milliseconds);
const size = ({ bytes }: Total) => bytes !== undefined && words.takes(bytes);

/** The same as the chart in numbers: what each node and each network took. */
export function Tables({ profile, titleOf }: Props) {
  const networks = networkTotals(profile);
  return (
    <>
      <Table
        title={words.nodes}
        totals={nodeTotals(profile)}
        nameOf={titleOf}
        columns={[
          [words.time, ({ milliseconds }) => words.duration(milliseconds)],
          [words.share, ({ milliseconds }) => words.percent(milliseconds / profile.milliseconds)],
          [words.inNetworks, (total) => time(total.networks)],
          [words.loading, ({ loading }) => time(loading)],
          [words.most, size],
        ]}
      />
      {networks.length === 0 ? (
        <p className={css.foot}>{words.cached}</p>
      ) : (
        <Table
          title={words.networks}
          totals={networks}
          nameOf={networkName}
          columns={[
            [words.time, ({ milliseconds }) => words.duration(milliseconds)],
            [words.each, ({ runs, milliseconds }) => runs > 0 && words.duration(milliseconds / runs)],
            [words.loading, ({ loading }) => time(loading)],
            [words.weights, size],
          ]}
        />
      )}
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly totals: readonly Total[];
  readonly nameOf: (name: string) => string;
  /** Those after the name and how often it ran. */
  readonly columns: readonly (readonly [title: string, cell: (total: Total) => ReactNode])[];
}

function Table({ title, totals, nameOf, columns }: TableProps) {
  return (
    <section className={css.table} aria-label={title}>
      <table>
        <thead>
          <tr>
            {[title, words.runs, ...columns.map(([name]) => name)].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {totals.map((total) => (
            <tr key={total.name}>
              <th scope="row">{nameOf(total.name)}</th>
              <td>{total.runs}</td>
              {columns.map(([name, cell]) => (
                <td key={name}>{cell(total)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

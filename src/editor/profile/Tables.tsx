import type { Profile } from '../../engine/profile/profile';
import { profile as words } from '../text/profile';
import css from './Profile.module.css';
import { networkName, networkTotals, nodeTotals } from './rows';

interface Props {
  readonly profile: Profile;
  readonly titleOf: (node: string) => string;
}

/** The same as the chart in numbers: what each node and each network took. */
export function Tables({ profile, titleOf }: Props) {
  return (
    <>
      <section className={css.table} aria-label={words.nodes}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.nodes}</th>
              <th scope="col">{words.runs}</th>
              <th scope="col">{words.time}</th>
              <th scope="col">{words.share}</th>
              <th scope="col">{words.inNetworks}</th>
              <th scope="col">{words.loading}</th>
              <th scope="col">{words.most}</th>
            </tr>
          </thead>
          <tbody>
            {nodeTotals(profile).map(({ name, runs, milliseconds, networks, loading, bytes }) => (
              <tr key={name}>
                <th scope="row">{titleOf(name)}</th>
                <td>{runs}</td>
                <td>{words.duration(milliseconds)}</td>
                <td>{words.percent(milliseconds / profile.milliseconds)}</td>
                <td>{networks > 0 && words.duration(networks)}</td>
                <td>{loading > 0 && words.duration(loading)}</td>
                <td>{bytes !== undefined && words.takes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className={css.table} aria-label={words.networks}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.networks}</th>
              <th scope="col">{words.runs}</th>
              <th scope="col">{words.time}</th>
              <th scope="col">{words.each}</th>
              <th scope="col">{words.loading}</th>
              <th scope="col">{words.weights}</th>
            </tr>
          </thead>
          <tbody>
            {networkTotals(profile).map(({ name, runs, milliseconds, loading, bytes }) => (
              <tr key={name}>
                <th scope="row">{networkName(name)}</th>
                <td>{runs}</td>
                <td>{words.duration(milliseconds)}</td>
                <td>{runs > 0 && words.duration(milliseconds / runs)}</td>
                <td>{loading > 0 && words.duration(loading)}</td>
                <td>{bytes !== undefined && words.takes(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

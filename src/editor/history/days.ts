import { history } from '../text/history';

/** A day in words, near days by their names. */
export function dayWords(at: number, now = Date.now()): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Days have 23 to 25 hours.
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return history.today;
  if (days === 1) return history.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Date(at).toLocaleDateString('en', { weekday: 'long', day: 'numeric', month: 'long', ...year });
}

export const timeWords = (at: number): string =>
  new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

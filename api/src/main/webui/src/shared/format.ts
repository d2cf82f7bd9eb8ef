/** Numbers and times as people read them, in their own locale and zone. */

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const whole = new Intl.NumberFormat();
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

export const count = (value: number): string => whole.format(value);
export const percent = (value: number): string => share.format(value);

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `0:42`, `12:05`, `1:02:03`. */
export function clockDuration(millis: number): string {
  const total = Math.max(0, Math.floor(millis / 1_000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / HOUR);
  const minutes = Math.floor((total % HOUR) / MINUTE);
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(total % MINUTE)}`
    : `${minutes}:${pad(total % MINUTE)}`;
}

/** `42 s`, `5 min`, `3 h`, `12 d`: one unit, rounded down. */
export function roughDuration(millis: number): string {
  const total = Math.max(0, Math.floor(millis / 1_000));
  if (total < MINUTE) return `${total} s`;
  if (total < HOUR) return `${Math.floor(total / MINUTE)} min`;
  if (total < DAY) return `${Math.floor(total / HOUR)} h`;
  return `${Math.floor(total / DAY)} d`;
}

/** For steps: tenths below ten seconds, the clock above. */
export function stepDuration(millis: number): string {
  if (millis < 10_000) return `${(Math.max(0, millis) / 1_000).toFixed(1)} s`;
  return millis < MINUTE * 1_000 ? `${Math.round(millis / 1_000)} s` : clockDuration(millis);
}

/** Relative up to a day, then the date. */
export function relative(at: number, now: number): string {
  const age = now - at;
  if (age < -1_000) return age > -DAY * 1_000 ? `in ${roughDuration(-age)}` : date(at);
  if (age < 1_500) return 'now';
  return age < DAY * 1_000 ? `${roughDuration(age)} ago` : date(at);
}

const dateFormat = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export const date = (at: number): string => dateFormat.format(at);
export const timeOfDay = (at: number): string => timeFormat.format(at);

/** Local time and UTC, for the hover. */
export function exact(at: number): string {
  const utc = new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return `${exactFormat.format(at)}\n${utc}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(value: number): string {
  let at = value;
  let unit = 0;
  while (at >= 1024 && unit < UNITS.length - 1) {
    at /= 1024;
    unit += 1;
  }
  return `${at < 10 && unit > 0 ? at.toFixed(1) : Math.round(at)} ${UNITS[unit] ?? ''}`;
}

/** ISO 8601 durations as the API writes them: `PT5M` is `5 min`. */
export function isoDuration(text: string): string {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null) return text;
  const [, days, hours, minutes, seconds] = match;
  const parts = [
    days && `${days} d`,
    hours && `${hours} h`,
    minutes && `${minutes} min`,
    seconds && `${seconds} s`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : '0 s';
}

/** `secrets_read` and `healthCheck` as words. */
export function words(name: string): string {
  const spaced = name
    .replace(/[_-]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

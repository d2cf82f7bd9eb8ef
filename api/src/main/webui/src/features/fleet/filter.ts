import type { SandboxFilters, Template, Tenant } from '@/api/types';
import { EC2_STATUSES, ENVIRONMENTS, HATCHETS, HEALTHS, PHASES } from '@/shared/vocabulary';

/** One condition, as it was written: `health:unhealthy`. */
export interface Token {
  key: string;
  value: string;
}

/** What stands in the filter bar: conditions, and words that are searched for. */
export interface Filter {
  tokens: Token[];
  text: string;
}

export interface Names {
  templates: Pick<Template, 'id' | 'name'>[];
  tenants: Pick<Tenant, 'id' | 'slug'>[];
}

type Parameter = Exclude<keyof SandboxFilters, 'q'>;

interface Key {
  parameter: Parameter;
  does: string;
  /** Known values; those of templates and tenants come from the API. */
  values?: readonly string[];
}

const KEYS: Record<string, Key> = {
  health: { parameter: 'health', does: 'the verdict', values: HEALTHS },
  phase: { parameter: 'phase', does: 'where it is', values: PHASES },
  env: { parameter: 'environment', does: 'where it belongs', values: ENVIRONMENTS },
  ec2: { parameter: 'ec2Status', does: "EC2's word for it", values: EC2_STATUSES },
  hatchet: { parameter: 'hatchet', does: 'its connection to the task engine', values: HATCHETS },
  template: { parameter: 'templateId', does: 'what it is made from' },
  version: { parameter: 'templateVersion', does: "its template's version" },
  drift: {
    parameter: 'drifted',
    does: 'whether it differs from its template',
    values: ['yes', 'no'],
  },
  tenant: { parameter: 'tenantId', does: 'whose it is' },
  tag: { parameter: 'tag', does: 'a tag, as key=value' },
};

const ALIASES: Record<string, string> = {
  environment: 'env',
  ec2status: 'ec2',
  templateid: 'template',
};

export const FILTER_KEYS = Object.entries(KEYS).map(([key, { does }]) => ({ key, does }));

/** Reads `health:unhealthy env:prod tag:team=a "two words"`. */
export function parse(written: string): Filter {
  const tokens: Token[] = [];
  const words: string[] = [];
  for (const [part] of written.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const token = parseToken(part);
    if (token === null) words.push(part.replaceAll('"', ''));
    else add(tokens, token);
  }
  return { tokens, text: words.join(' ') };
}

/** A condition with a key that there is; anything else is searched for. */
export function parseToken(part: string): Token | null {
  const colon = part.indexOf(':');
  if (colon <= 0) return null;
  const written = part.slice(0, colon).toLowerCase();
  const key = ALIASES[written] ?? written;
  const value = part.slice(colon + 1).replaceAll('"', '');
  return key in KEYS && value !== '' ? { key, value } : null;
}

/** The API takes one value of each kind, and many tags: a newer condition replaces an older one. */
function add(tokens: Token[], token: Token): void {
  const same = tokens.findIndex((other) =>
    token.key === 'tag'
      ? other.key === 'tag' && other.value === token.value
      : other.key === token.key,
  );
  if (same >= 0) tokens.splice(same, 1, token);
  else tokens.push(token);
}

export function withToken(filter: Filter, token: Token): Filter {
  const tokens = [...filter.tokens];
  add(tokens, token);
  return { ...filter, tokens };
}

export function withoutToken(filter: Filter, token: Token): Filter {
  return {
    ...filter,
    tokens: filter.tokens.filter((other) => other.key !== token.key || other.value !== token.value),
  };
}

export function hasToken(filter: Filter, token: Token): boolean {
  return filter.tokens.some((other) => other.key === token.key && other.value === token.value);
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** As it stands in the address; the inverse of {@link parse}. */
export function format({ tokens, text }: Filter): string {
  const conditions = tokens.map(({ key, value }) => `${key}:${quoted(value)}`);
  return [...conditions, ...(text === '' ? [] : [text])].join(' ');
}

export interface Asked {
  filters: SandboxFilters;
  /** Conditions that the API would refuse, with what is allowed. */
  faults: string[];
}

/** The same as query parameters. What cannot be right is left out and told. */
export function ask(filter: Filter, names: Names): Asked {
  const filters: SandboxFilters = {};
  const faults: string[] = [];
  for (const token of filter.tokens) {
    const value = valueOf(token, names);
    if (value === null) faults.push(fault(token, names));
    else if (token.key === 'tag') filters.tag = [...(filters.tag ?? []), String(value)];
    else Object.assign(filters, { [KEYS[token.key]?.parameter ?? token.key]: value });
  }
  if (filter.text !== '') filters.q = filter.text;
  return { filters, faults };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the API takes for it; null if it takes nothing of the kind. */
function valueOf({ key, value }: Token, names: Names): string | number | boolean | null {
  switch (key) {
    case 'template':
      return idOf(value, names.templates.find((one) => one.name === value)?.id);
    case 'tenant':
      return idOf(value, names.tenants.find((one) => one.slug === value)?.id);
    case 'version':
      return /^\d{1,9}$/.test(value) ? Number(value) : null;
    case 'drift':
      return { yes: true, no: false, true: true, false: false }[value] ?? null;
    case 'tag':
      return tagOf(value);
    default:
      return KEYS[key]?.values?.includes(value) === true ? value : null;
  }
}

const idOf = (value: string, found: string | undefined): string | null =>
  found ?? (UUID.test(value) ? value : null);

/** People write `team=a`; the API writes `team:a`. */
function tagOf(value: string): string | null {
  const at = value.search(/[=:]/);
  return at <= 0 ? null : `${value.slice(0, at)}:${value.slice(at + 1)}`;
}

function fault({ key, value }: Token, names: Names): string {
  const allowed = valuesOf(key, names);
  const may = allowed.length > 0 ? `: one of ${allowed.join(', ')}` : '';
  return key === 'tag'
    ? `A tag is written tag:key=value, not “${value}”`
    : `There is no ${key} “${value}”${may}`;
}

function valuesOf(key: string, names: Names): readonly string[] {
  if (key === 'template') return names.templates.map((one) => one.name);
  if (key === 'tenant') return names.tenants.map((one) => one.slug);
  return KEYS[key]?.values ?? [];
}

export interface Suggestion {
  /** What would stand in the input. */
  text: string;
  does: string;
  /** Whether it is whole, or wants a value yet. */
  isWhole: boolean;
}

/** What could follow what is being typed; only its last word counts. */
export function suggest(typed: string, names: Names): Suggestion[] {
  const word = typed.split(/\s+/).at(-1) ?? '';
  const colon = word.indexOf(':');
  if (colon < 0) {
    return FILTER_KEYS.filter(({ key }) => key.startsWith(word.toLowerCase())).map(
      ({ key, does }) => ({
        text: `${key}:`,
        does,
        isWhole: false,
      }),
    );
  }
  const written = word.slice(0, colon).toLowerCase();
  const key = ALIASES[written] ?? written;
  const begun = word.slice(colon + 1).toLowerCase();
  return valuesOf(key, names)
    .filter((value) => value.toLowerCase().includes(begun))
    .slice(0, 12)
    .map((value) => ({ text: `${key}:${quoted(value)}`, does: '', isWhole: true }));
}

import type {
  CreateSandbox,
  Environment,
  FieldError,
  TemplateParameter,
  TemplateSpec,
} from '@/api/types';
import { parseTags } from '@/shared/tags';

/** What has been filled in so far; plain strings, so that it survives a reload as it stands. */
export interface Draft {
  templateId: string | null;
  templateVersion: number | null;
  name: string;
  environment: Environment;
  tenantId: string | null;
  count: number;
  capacity: number | null;
  parameters: Record<string, string>;
  tags: string;
  /** One per sandbox: what was accepted is not asked for again, whatever happens to this page. */
  keys: string[];
}

export const STEPS = ['template', 'parameters', 'details', 'review'] as const;
export type Step = (typeof STEPS)[number];

export const MOST = 50;

export const emptyDraft = (templateId: string | null = null): Draft => ({
  templateId,
  templateVersion: null,
  name: '',
  environment: 'dev',
  tenantId: null,
  count: 1,
  capacity: null,
  parameters: {},
  tags: '',
  keys: [],
});

export type Faults = Record<string, string>;

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/** Faults of one step by field; the server has the last word. Pure. */
export function faultsOf(step: Step, draft: Draft, spec: TemplateSpec | undefined): Faults {
  const faults: Faults = {};
  switch (step) {
    case 'template':
      if (draft.templateId === null) faults.templateId = 'Choose a template';
      break;
    case 'parameters':
      for (const parameter of spec?.parameters ?? []) {
        const fault = parameterFault(parameter, draft.parameters[parameter.name] ?? '');
        if (fault !== null) faults[`parameters.${parameter.name}`] = fault;
      }
      break;
    case 'details':
      if (draft.name.trim() === '') faults.name = 'A name is needed';
      else if (!NAME.test(draft.name))
        faults.name = 'Letters, digits and hyphens, no hyphen at the ends';
      else if (longest(draft) > 63) faults.name = 'At most 63 characters with its number';
      if (draft.count < 1 || draft.count > MOST) faults.count = `From 1 to ${MOST} at a time`;
      if (draft.capacity !== null && (draft.capacity < 1 || draft.capacity > 100)) {
        faults.capacity = 'From 1 to 100';
      }
      addIf(faults, 'tags', parseTags(draft.tags).fault);
      break;
    case 'review':
      break;
  }
  return faults;
}

function addIf(faults: Faults, field: string, fault: string | null): void {
  if (fault !== null) faults[field] = fault;
}

const longest = (draft: Draft): number => Math.max(...names(draft).map((name) => name.length));

/** The first step that is not right yet; review if all are. */
export function firstFaulty(draft: Draft, spec: TemplateSpec | undefined): Step {
  return STEPS.find((step) => Object.keys(faultsOf(step, draft, spec)).length > 0) ?? 'review';
}

/** Why a value does not do for a parameter; an empty one means its default. */
export function parameterFault(parameter: TemplateParameter, value: string): string | null {
  if (value === '') {
    const isNeeded = parameter.required ?? parameter.defaultValue == null;
    return isNeeded && parameter.defaultValue == null ? 'A value is needed' : null;
  }
  switch (parameter.type) {
    case 'integer':
      if (!/^-?\d+$/.test(value)) return 'A whole number';
      return between(Number(value), parameter, '');
    case 'string':
      return between(Array.from(value).length, parameter, ' characters');
    case 'choice':
      return parameter.choices.includes(value) ? null : `One of ${parameter.choices.join(', ')}`;
    case 'boolean':
      return value === 'true' || value === 'false' ? null : 'Yes or no';
  }
}

function between(
  value: number,
  { minimum, maximum }: TemplateParameter,
  unit: string,
): string | null {
  if (minimum != null && value < minimum) return `At least ${minimum}${unit}`;
  if (maximum != null && value > maximum) return `At most ${maximum}${unit}`;
  return null;
}

/** `web` alone, or `web-1` to `web-5`. */
export function names(draft: Draft): string[] {
  return draft.count === 1
    ? [draft.name]
    : Array.from({ length: Math.min(draft.count, MOST) }, (_, i) => `${draft.name}-${i + 1}`);
}

function typed(parameter: TemplateParameter, value: string): unknown {
  if (parameter.type === 'integer') return Number(value);
  return parameter.type === 'boolean' ? value === 'true' : value;
}

/** The request for one of them. */
export function request(draft: Draft, name: string, spec: TemplateSpec): CreateSandbox {
  const parameters = Object.fromEntries(
    spec.parameters.flatMap((parameter) => {
      const value = draft.parameters[parameter.name] ?? '';
      return value === '' ? [] : [[parameter.name, typed(parameter, value)]];
    }),
  );
  return {
    name,
    environment: draft.environment,
    templateId: draft.templateId ?? '',
    templateVersion: draft.templateVersion,
    tenantId: draft.tenantId,
    parameters,
    tags: parseTags(draft.tags).tags,
    capacity: draft.capacity,
  };
}

/** The step that a fault told by the server belongs to. */
export function stepOf({ field }: FieldError): Step {
  if (field.startsWith('parameters')) return 'parameters';
  return field.startsWith('template') ? 'template' : 'details';
}

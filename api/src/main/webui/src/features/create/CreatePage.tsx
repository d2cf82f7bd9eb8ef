import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { idempotencyKey } from '@/api/client';
import type { Template, TemplateSpec } from '@/api/types';
import { useTemplates, useTenants } from '@/features/templates/queries';
import { useVersions } from '@/features/templates/template';
import { plural, words } from '@/shared/format';
import { Facts, Loaded, PageHead, Skeleton } from '@/shared/Page';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { progressSign, type Sign } from '@/shared/vocabulary';
import {
  emptyDraft,
  faultsOf,
  firstFaulty,
  names,
  STEPS,
  stepOf,
  type Draft,
  type Step,
} from './draft';
import { Progress } from './Progress';
import { Review } from './Review';
import { DetailsStep, ParametersStep, TemplateStep } from './StepForms';
import { useCreation } from './useCreation';
import { useDraft } from './useDraft';
import classes from './Create.module.css';

const HERE: Sign = { shape: 'half', role: 'busy', word: 'Here' };

/** Template, parameters, details, review; then the same page shows how they come up. */
export function CreatePage() {
  const [parameters] = useSearchParams();
  const { draft, change, setDraft, forget } = useDraft(parameters.get('template'));
  const templates = useTemplates();
  const creation = useCreation();
  const { spec, isPending } = useSpec(draft);
  const template = templates.data?.find((one) => one.id === draft.templateId);

  const create = (what: TemplateSpec) => {
    const wanted = names(draft).length;
    const keyed =
      draft.keys.length === wanted
        ? draft
        : { ...draft, keys: Array.from({ length: wanted }, idempotencyKey) };
    setDraft(keyed);
    void creation.create(keyed, what);
  };
  const isDone = creation.asked?.every((one) => one.sandbox !== null) ?? false;
  useEffect(() => {
    if (isDone) forget();
  }, [isDone, forget]);

  return (
    <>
      <PageHead
        title="Create sandboxes"
        documentTitle="Create"
        truth="What you fill in is kept in this browser until it is created."
      />
      {creation.asked !== null ? (
        <Progress
          asked={creation.asked}
          isAsking={creation.isAsking}
          onAgain={() => spec !== undefined && create(spec)}
          onBack={creation.forget}
          onMore={() => {
            setDraft(emptyDraft(draft.templateId));
            creation.forget();
          }}
        />
      ) : (
        <Loaded query={templates} what="Templates">
          {(all) => (
            <Wizard
              draft={draft}
              change={change}
              templates={all}
              template={template}
              spec={spec}
              isSpecPending={isPending}
              onCreate={create}
              startAt={creation.asked?.flatMap((one) => one.error?.fields ?? []).map(stepOf)[0]}
            />
          )}
        </Loaded>
      )}
    </>
  );
}

/** The version that the draft names, which may be older than the newest by the time it is sent. */
function useSpec(draft: Draft) {
  const versions = useVersions(draft.templateId ?? '');
  const all = versions.data?.pages.flatMap((page) => page.items);
  const spec = (all?.find((one) => one.version === draft.templateVersion) ?? all?.[0])?.spec;
  return { spec, isPending: draft.templateId !== null && versions.isPending };
}

function Wizard({
  draft,
  change,
  templates,
  template,
  spec,
  isSpecPending,
  onCreate,
  startAt = 'template',
}: {
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  templates: Template[];
  template: Template | undefined;
  spec: TemplateSpec | undefined;
  isSpecPending: boolean;
  onCreate: (spec: TemplateSpec) => void;
  startAt?: Step;
}) {
  const [step, setStep] = useState<Step>(startAt);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const tenants = useTenants().data ?? [];

  const all = faultsOf(step, draft, spec);
  const shown = Object.fromEntries(Object.entries(all).filter(([field]) => left.has(field)));
  const leave = (field: string) => setLeft((before) => new Set(before).add(field));
  const index = STEPS.indexOf(step);

  /** Errors show on Next, and the first one gets the focus. */
  const next = () => {
    const fields = Object.keys(all);
    if (fields.length > 0) {
      setLeft((before) => new Set([...before, ...fields]));
      const first = fields[0] ?? '';
      setTimeout(() => form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus());
    } else if (step === 'review') {
      const faulty = firstFaulty(draft, spec);
      if (faulty !== 'review') setStep(faulty);
      else if (spec !== undefined) onCreate(spec);
    } else {
      setStep(STEPS[index + 1] ?? 'review');
    }
  };

  const props = { draft, faults: shown, change, onLeave: leave };
  return (
    <div className={classes.wizard}>
      <ol className={classes.steps} aria-label="Steps">
        {STEPS.map((one, i) => {
          const isRight = Object.keys(faultsOf(one, draft, spec)).length === 0;
          return (
            <li key={one}>
              <button
                type="button"
                className={classes.step}
                aria-current={one === step ? 'step' : undefined}
                disabled={
                  i > index &&
                  firstFaulty(draft, spec) !== 'review' &&
                  i > STEPS.indexOf(firstFaulty(draft, spec))
                }
                onClick={() => setStep(one)}
              >
                <StatusGlyph
                  sign={
                    i < index && isRight
                      ? progressSign('succeeded')
                      : i === index
                        ? HERE
                        : progressSign('pending')
                  }
                  label=""
                />
                {words(one)}
              </button>
            </li>
          );
        })}
      </ol>
      <form
        ref={form}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        {step === 'template' ? (
          <TemplateStep {...props} templates={templates} />
        ) : spec === undefined || template === undefined ? (
          isSpecPending ? (
            <Skeleton lines={6} />
          ) : (
            <p className={classes.fault}>Choose a template first.</p>
          )
        ) : step === 'parameters' ? (
          <ParametersStep {...props} spec={spec} />
        ) : step === 'details' ? (
          <DetailsStep {...props} spec={spec} tenants={tenants} />
        ) : (
          <Review draft={draft} template={template} spec={spec} />
        )}
        <div className={classes.buttons}>
          <Button disabled={index === 0} onClick={() => setStep(STEPS[index - 1] ?? 'template')}>
            Back
          </Button>
          <Button type="submit" variant="filled">
            {step === 'review' ? `Create ${plural(draft.count, 'sandbox', 'sandboxes')}` : 'Next'}
          </Button>
        </div>
      </form>
      <Summary draft={draft} template={template} spec={spec} />
    </div>
  );
}

function Summary({
  draft,
  template,
  spec,
}: {
  draft: Draft;
  template: Template | undefined;
  spec: TemplateSpec | undefined;
}) {
  return (
    <aside className={classes.summary} aria-label="So far">
      <h2>So far</h2>
      <Facts
        items={[
          [
            'Template',
            template === undefined
              ? 'not chosen'
              : `${template.name} v${draft.templateVersion ?? template.latestVersion}`,
          ],
          ['Size', spec?.instanceTypes[0]],
          ['Name', draft.name === '' ? 'not given' : names(draft)[0]],
          ['How many', draft.count],
          ['Environment', draft.environment],
          ['Capacity', spec === undefined ? null : plural(draft.capacity ?? spec.capacity, 'task')],
          ['Price', 'unknown'],
        ]}
      />
    </aside>
  );
}

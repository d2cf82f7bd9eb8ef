import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, idempotencyKey } from '@/api/client';
import { keys } from '@/api/keys';
import { asApiError, type ApiError } from '@/api/problem';
import type { Sandbox, TemplateSpec } from '@/api/types';
import { names, request, type Draft } from './draft';

/** One of the sandboxes that were asked for: accepted, refused, or on its way to the server. */
export interface Asked {
  name: string;
  sandbox: Sandbox | null;
  error: ApiError | null;
}

const AT_ONCE = 4;

/**
 * Asks for all of them, a few at a time. Each has its own key, so that asking again after a failure
 * makes none twice.
 */
export function useCreation() {
  const [asked, setAsked] = useState<Asked[] | null>(null);
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();

  const note = (index: number, patch: Partial<Asked>) =>
    setAsked(
      (before) => before?.map((one, i) => (i === index ? { ...one, ...patch } : one)) ?? null,
    );

  const create = async (draft: Draft, spec: TemplateSpec): Promise<void> => {
    const wanted = names(draft);
    const begun = wanted.map((name, i) => ({
      name,
      sandbox: asked?.[i]?.sandbox ?? null,
      error: null,
    }));
    setAsked(begun);
    setAsking(true);
    const waiting = begun.map((one, i) => ({ ...one, i })).filter((one) => one.sandbox === null);
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { name, i } = next;
        try {
          const sandbox = await body(
            api.POST('/api/v1/sandboxes', {
              params: { header: { 'Idempotency-Key': draft.keys[i] ?? idempotencyKey() } },
              body: request(draft, name, spec),
            }),
          );
          queries.setQueryData(keys.sandbox(sandbox.id), sandbox);
          note(i, { sandbox });
        } catch (error) {
          note(i, { error: asApiError(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setAsking(false);
    void queries.invalidateQueries({ queryKey: keys.sandboxLists });
    void queries.invalidateQueries({ queryKey: keys.summary });
  };
  return { asked, isAsking, create, forget: () => setAsked(null) };
}

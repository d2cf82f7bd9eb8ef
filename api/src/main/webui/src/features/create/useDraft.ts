import { useCallback, useState } from 'react';
import { emptyDraft, type Draft } from './draft';

const KEY = 'valet-create-draft';

/** A draft of an older page may lack fields; one that cannot be read is none. */
function stored(templateId: string | null): Draft {
  try {
    const text = localStorage.getItem(KEY);
    return { ...emptyDraft(templateId), ...(JSON.parse(text ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft(templateId);
  }
}

function store(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage may be full or forbidden; the page works without.
  }
}

/** What is filled in survives a reload, a login and a closed tab, until its sandboxes are accepted. */
export function useDraft(templateId: string | null) {
  const [draft, setState] = useState(() => stored(templateId));

  const setDraft = useCallback((next: Draft) => {
    store(next);
    setState(next);
  }, []);
  /** Another request needs other keys. */
  const change = useCallback(
    (patch: Partial<Draft>) =>
      setState((before) => {
        const next = { ...before, ...patch, keys: [] };
        store(next);
        return next;
      }),
    [],
  );
  /** Its purpose is fulfilled; the page still shows what it made. */
  const forget = useCallback(() => localStorage.removeItem(KEY), []);
  return { draft, change, setDraft, forget };
}

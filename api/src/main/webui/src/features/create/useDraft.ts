import { useLocalStorage } from '@mantine/hooks';
import { useCallback } from 'react';
import { emptyDraft, type Draft } from './draft';

/** The draft survives a reload, a login and a closed tab; it is dropped once its sandboxes are asked for. */
export function useDraft(templateId: string | null) {
  const [draft, setDraft, drop] = useLocalStorage<Draft>({
    key: 'valet-create-draft',
    defaultValue: emptyDraft(templateId),
    getInitialValueInEffect: false,
    // A draft of an older page may lack fields.
    deserialize: (text) => {
      try {
        return { ...emptyDraft(templateId), ...(JSON.parse(text ?? '{}') as Partial<Draft>) };
      } catch {
        return emptyDraft(templateId);
      }
    },
  });
  const change = useCallback(
    (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch, keys: [] })),
    [setDraft],
  );
  return { draft, change, setDraft, drop };
}

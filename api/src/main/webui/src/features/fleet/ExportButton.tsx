import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SandboxQuery } from '@/api/types';
import { count } from '@/shared/format';
import { tellFailure } from '@/shared/notices';
import { csv, download, everything } from './csv';

/** All that matches the filter, as a file for a spreadsheet. */
export function ExportButton({ filters }: { filters: SandboxQuery }) {
  const [read, setRead] = useState<number | null>(null);
  const save = async () => {
    setRead(0);
    try {
      const rows = await everything(filters, setRead);
      download(
        `valet-fleet-${new Date().toISOString().slice(0, 16).replace(':', '')}.csv`,
        csv(rows),
      );
    } catch (error) {
      tellFailure('The export stopped', error);
    } finally {
      setRead(null);
    }
  };
  return (
    <Button disabled={read !== null} onClick={() => void save()}>
      {read === null ? 'Export CSV' : `Reading ${count(read)}`}
    </Button>
  );
}

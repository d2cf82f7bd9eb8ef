import type { Sandbox, SandboxQuery } from '@/api/types';
import { sandboxPage } from './queries';

type Column = [name: string, value: (sandbox: Sandbox) => string | number | null | undefined];

const COLUMNS: Column[] = [
  ['id', (row) => row.id],
  ['name', (row) => row.name],
  ['environment', (row) => row.environment],
  ['tenant_id', (row) => row.tenantId],
  ['desired', (row) => row.desired],
  ['phase', (row) => row.phase],
  ['reason', (row) => row.reason],
  ['health', (row) => row.health.status],
  ['health_since', (row) => row.health.since],
  ['instance_id', (row) => row.ec2?.instanceId],
  ['ec2_status', (row) => row.ec2?.status],
  ['ec2_type', (row) => row.ec2?.type],
  ['zone', (row) => row.ec2?.zone],
  ['private_ip', (row) => row.ec2?.privateIp],
  ['active_tasks', (row) => row.activeTasks],
  ['capacity', (row) => row.capacity],
  ['template_id', (row) => row.templateId],
  ['template_version', (row) => row.templateVersion],
  ['drift', (row) => row.drift?.effect],
  [
    'tags',
    (row) =>
      Object.entries(row.tags)
        .map((tag) => tag.join('='))
        .join(' '),
  ],
  ['created_at', (row) => row.createdAt],
];

/** RFC 4180; what a spreadsheet would take for a formula is made text. */
function field(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(rows: readonly Sandbox[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.map((row) => COLUMNS.map(([, value]) => field(value(row)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** Everything that matches, not only what has been scrolled to. */
export async function everything(
  filters: SandboxQuery,
  onProgress: (count: number) => void,
): Promise<Sandbox[]> {
  const rows: Sandbox[] = [];
  let cursor: string | undefined;
  do {
    const page = await sandboxPage(filters, cursor);
    rows.push(...page.items);
    onProgress(rows.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

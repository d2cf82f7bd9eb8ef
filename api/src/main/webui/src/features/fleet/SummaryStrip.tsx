import type { FleetSummary, HealthStatus, Phase } from '@/api/types';
import { count } from '@/shared/format';
import { Skeleton } from '@/shared/Page';
import { healthSign, phaseSign } from '@/shared/vocabulary';
import { hasToken, type Filter, type Token } from './filter';
import { useFleetSummary } from './queries';
import classes from './Fleet.module.css';

interface Part {
  token: Token;
  word: string;
  colour: string;
  count: number;
}

const ENVIRONMENT_COLOURS: Record<string, string> = { prod: 's0', staging: 's2', dev: 's1' };

function breakdowns(summary: FleetSummary): [string, Part[]][] {
  const parts = (
    counts: Record<string, number>,
    key: string,
    words: (value: string) => { word: string; colour: string },
  ): Part[] =>
    Object.entries(counts)
      .filter(([, many]) => many > 0)
      .map(([value, many]) => ({ token: { key, value }, count: many, ...words(value) }));
  return [
    [
      'Health',
      parts(summary.byHealth, 'health', (value) => {
        const { word, role } = healthSign(value as HealthStatus);
        return { word, colour: role };
      }),
    ],
    [
      'Phase',
      parts(summary.byPhase, 'phase', (value) => {
        const { word, role } = phaseSign(value as Phase);
        return { word, colour: role };
      }),
    ],
    [
      'Environment',
      parts(summary.byEnvironment, 'env', (value) => ({
        word: value,
        colour: ENVIRONMENT_COLOURS[value] ?? 's5',
      })),
    ],
    [
      'Template',
      summary.byTemplate.slice(0, 6).map((template, i) => ({
        token: { key: 'template', value: template.name },
        word: template.name,
        colour: `s${i}`,
        count: template.count,
      })),
    ],
  ];
}

/** The whole fleet in four bars, as the server counts it; each count is a filter. */
export function SummaryStrip({
  filter,
  onToggle,
}: {
  filter: Filter;
  onToggle: (token: Token) => void;
}) {
  const summary = useFleetSummary();
  if (summary.data === undefined) {
    return (
      <div className={classes.strip}>
        {[0, 1, 2, 3].map((i) => (
          <Skeleton key={i} lines={2} />
        ))}
      </div>
    );
  }
  const { total } = summary.data;
  return (
    <div className={classes.strip}>
      {breakdowns(summary.data).map(([name, parts]) => (
        <div key={name} className={classes.breakdown} role="group" aria-label={name}>
          <div className={classes.breakdownName}>{name}</div>
          <div className={classes.bar} aria-hidden="true">
            {parts.map((part) => (
              <span
                key={part.token.value}
                className={classes[part.colour]}
                style={{ flexGrow: part.count / Math.max(1, total) }}
              />
            ))}
          </div>
          <div className={classes.counts}>
            {parts.map((part) => (
              <button
                key={part.token.value}
                type="button"
                className={classes.count}
                aria-pressed={hasToken(filter, part.token)}
                title={`${part.word}: ${count(part.count)} of ${count(total)}; click to filter`}
                onClick={() => onToggle(part.token)}
              >
                <span className={`${classes.swatch ?? ''} ${classes[part.colour] ?? ''}`} />
                <span className="truncate">{part.word}</span>{' '}
                <b className="num">{count(part.count)}</b>
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

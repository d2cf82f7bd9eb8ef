import { Link, useParams } from 'react-router';
import { Copy } from '@/shared/Copy';
import { stepDuration } from '@/shared/format';
import { Card, Facts, PageHead, Skeleton } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { Elapsed, Time } from '@/shared/Time';
import { progressSign } from '@/shared/vocabulary';
import { OperationProgress } from './OperationProgress';
import { title } from './OperationsPage';
import { useOperation } from './queries';

export function OperationPage() {
  const { id = '' } = useParams();
  const query = useOperation(id);
  const operation = query.data;
  if (operation === undefined) {
    return query.error === null ? (
      <Skeleton lines={8} />
    ) : (
      <>
        <PageHead title="Operation" documentTitle="Operation" />
        <ProblemView
          error={query.error}
          what="The operation"
          onRetry={() => void query.refetch()}
        />
      </>
    );
  }
  const sign = progressSign(operation.status);
  return (
    <>
      <PageHead
        documentTitle={title(operation)}
        title={
          <>
            <StatusGlyph sign={sign} /> {title(operation)}
          </>
        }
        truth={
          <>
            {sign.word}
            {operation.endedAt === null ? (
              <>
                {' '}
                for <Elapsed since={operation.createdAt} />
              </>
            ) : (
              <>
                {' '}
                after{' '}
                {stepDuration(
                  Date.parse(operation.endedAt) - Date.parse(operation.createdAt),
                )}, <Time at={operation.endedAt} />
              </>
            )}
          </>
        }
      />
      <Card title={operation.counts === null ? 'Steps' : 'Results'}>
        <OperationProgress id={operation.id} />
      </Card>
      <div style={{ marginTop: 16 }}>
        <Facts
          items={[
            ['Id', <Copy key="id" text={operation.id} label="id" />],
            [
              'Sandbox',
              operation.target === null ? null : (
                <Link to={`/sandboxes/${operation.target}`}>{operation.target}</Link>
              ),
            ],
            ['Accepted', <Time key="created" at={operation.createdAt} />],
          ]}
        />
      </div>
    </>
  );
}

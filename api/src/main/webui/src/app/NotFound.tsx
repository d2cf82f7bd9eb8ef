import { Link } from 'react-router';
import { Empty, PageHead } from '@/shared/Page';

export function NotFound() {
  return (
    <>
      <PageHead title="There is no such page" documentTitle="Not found" />
      <Empty title="The address leads nowhere" action={<Link to="/">Go to the fleet</Link>}>
        It may have been mistyped, or belong to another version of Valet.
      </Empty>
    </>
  );
}

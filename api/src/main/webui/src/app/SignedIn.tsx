import { useEffect } from 'react';
import { announceSignIn } from '@/api/session';
import { PageHead } from '@/shared/Page';

/** Where the login of another tab ends. */
export function SignedIn() {
  useEffect(() => {
    announceSignIn();
    window.close();
  }, []);
  return (
    <PageHead
      title="You are signed in"
      documentTitle="Signed in"
      truth="Your other tab goes on where it was; this one can be closed."
    />
  );
}

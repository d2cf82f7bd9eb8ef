import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import { FleetPage } from '@/features/fleet/FleetPage';
import { Skeleton } from '@/shared/Page';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { SignedIn } from './SignedIn';

/** A page that is loaded when one goes there; the fleet is what people open. */
function page<K extends string>(name: K, load: () => Promise<Record<K, () => ReactNode>>) {
  const Page: ComponentType = lazy(async () => ({
    default: (await load())[name] as ComponentType,
  }));
  return (
    <Suspense fallback={<Skeleton />}>
      <Page />
    </Suspense>
  );
}

const create = page('CreatePage', () => import('@/features/create/CreatePage'));
const sandbox = page('SandboxPage', () => import('@/features/sandbox/SandboxPage'));
const templates = page('TemplatesPage', () => import('@/features/templates/TemplatesPage'));
const template = page('TemplatePage', () => import('@/features/templates/TemplatePage'));
const operations = page('OperationsPage', () => import('@/features/operations/OperationsPage'));
const operation = page('OperationPage', () => import('@/features/operations/OperationPage'));
const audit = page('AuditPage', () => import('@/features/audit/AuditPage'));
const access = page('AccessPage', () => import('@/features/access/AccessPage'));
const me = page('MePage', () => import('@/features/me/MePage'));

export function Pages() {
  return (
    <Routes>
      <Route element={<Frame />}>
        <Route index element={<FleetPage />} />
        <Route path="sandboxes/new" element={create} />
        <Route path="sandboxes/:id" element={sandbox} />
        <Route path="templates" element={templates} />
        <Route path="templates/:id" element={template} />
        <Route path="operations" element={operations} />
        <Route path="operations/:id" element={operation} />
        <Route path="audit" element={audit} />
        <Route path="access" element={access} />
        <Route path="me" element={me} />
        <Route path="signed-in" element={<SignedIn />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}

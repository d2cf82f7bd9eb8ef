import type { components, operations } from './schema.gen';

/** Names for the contract's types; the types themselves are generated. */
type Schemas = components['schemas'];

export type Sandbox = Schemas['SandboxView'];
export type SandboxPage = Schemas['PageSandboxView'];
export type SandboxSelector = Schemas['SandboxSelector'];
export type CreateSandbox = Schemas['CreateSandboxRequest'];
export type Condition = Schemas['SandboxCondition'];
export type Phase = Schemas['Phase'];
export type HatchetState = Schemas['HatchetState'];
export type HealthStatus = Schemas['HealthStatus'];
export type Health = Schemas['HealthView'];
export type Ec2Status = Schemas['Ec2Status'];
export type Environment = Schemas['Environment'];
export type DesiredState = Schemas['DesiredState'];
export type Operation = Schemas['OperationView'];
export type OperationItem = Schemas['OperationItemView'];
export type OperationStatus = Schemas['OperationStatus'];
export type OperationKind = Schemas['OperationKind'];
export type StepStatus = Schemas['StepStatus'];
export type ItemStatus = Schemas['ItemStatus'];
export type BulkAction = Schemas['BulkAction'];
export type BulkPreview = Schemas['BulkPreview'];
export type BulkRequest = Schemas['BulkRequest'];
export type FleetSummary = Schemas['FleetSummaryView'];
export type FleetFreeze = Schemas['FleetFreezeView'];
export type Template = Schemas['TemplateView'];
export type TemplateVersion = Schemas['TemplateVersionView'];
export type TemplateSpec = Schemas['TemplateSpec'];
export type TemplateParameter = Schemas['TemplateParameter'];
export type TemplateComparison = Schemas['TemplateComparison'];
export type TemplateUsage = Schemas['TemplateUsage'];
export type Tenant = Schemas['TenantView'];
export type Role = Schemas['RoleView'];
export type Grant = Schemas['GrantView'];
export type Me = Schemas['MeView'];
export type Permission = Schemas['Permission'];
export type AuditRecord = Schemas['AuditRecord'];
export type AuditResult = Schemas['AuditResult'];
export type AuditVerification = Schemas['AuditVerification'];
export type EventMessage = Schemas['EventMessage'];
export type SandboxMetrics = Schemas['SandboxMetrics'];
export type MetricStep = Schemas['MetricStep'];
export type Problem = Schemas['Problem'];
export type FieldError = Schemas['FieldError'];

export type SandboxQuery = Omit<
  NonNullable<operations['listSandboxes']['parameters']['query']>,
  'cursor' | 'limit'
>;
/** Which sandboxes; the same for the list and for bulk operations. */
export type SandboxFilters = Omit<SandboxQuery, 'sort'>;
export type AuditFilters = Omit<
  NonNullable<operations['listAudit']['parameters']['query']>,
  'cursor' | 'limit'
>;

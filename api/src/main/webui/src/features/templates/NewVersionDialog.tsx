import { Modal } from '@mantine/core';
import type { Template, TemplateVersion } from '@/api/types';
import { tell } from '@/shared/notices';
import { SpecEditor } from './SpecEditor';
import { useNewVersion } from './template';
import classes from './Templates.module.css';

/** A new version from an old one. */
export function NewVersionDialog({
  template,
  base,
  onClose,
}: {
  template: Template;
  base: TemplateVersion;
  onClose: () => void;
}) {
  const create = useNewVersion(template);
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={`Version ${template.latestVersion + 1} of ${template.name}, from version ${base.version}`}
    >
      <div className={classes.form}>
        <SpecEditor
          initial={base.spec}
          label={`Save as version ${template.latestVersion + 1}`}
          error={create.error}
          isSaving={create.isPending}
          canSave
          onSave={(spec) =>
            create.mutate(spec, {
              onSuccess: (saved) => {
                tell(
                  `${template.name} has version ${saved.version.version}. Sandboxes on older ones are shown as drifted.`,
                );
                onClose();
              },
            })
          }
          onClose={onClose}
        />
      </div>
    </Modal>
  );
}

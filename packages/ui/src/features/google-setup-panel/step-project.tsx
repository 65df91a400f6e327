import { useState } from 'react'
import { useController } from 'react-hook-form'
import { Field } from '../../parts/field/field.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useSetupModel } from './setup-context.ts'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { readProject } from './to-changes.ts'

export function StepProject() {
  const { t, form, status, fieldId, values } = useSetupModel()
  const [fromLink, setFromLink] = useState(false)
  const { field, fieldState } = useController({ control: form.control, name: 'projectId' })
  const changed = status.projectId !== null && readProject(values.projectId) !== status.projectId
  return (
    <StepFrame id="project">
      <Instructions
        items={[t.rich('projectOpen', { link: <ConsolePageLink to="newProject" /> }), t.rich('projectOrganization'), t.rich('projectCopy')]}
      />
      <Field
        id={fieldId('projectId')}
        label={t('projectLabel')}
        help={t('projectHelp')}
        error={fieldState.error?.message}
        notice={fromLink ? t('projectFromLink') : changed && !fieldState.error ? t('projectChanged') : undefined}
      >
        <TextInput
          {...field}
          code
          placeholder="acme-mail-473210"
          onChange={(event) => {
            const text = event.target.value
            const project = readProject(text)
            const isLink = text.includes('://') && project !== text.trim()
            setFromLink(isLink)
            field.onChange(isLink ? project : text)
          }}
        />
      </Field>
    </StepFrame>
  )
}

import { useRef } from 'react'
import type { Control } from 'react-hook-form'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { CheckboxList } from '../../parts/checkbox-list/checkbox-list.tsx'
import { Field } from '../../parts/field/field.tsx'
import { Select } from '../../parts/select/select.tsx'
import { Loading } from '../../parts/skeleton/skeleton.tsx'
import type { GmailFormValues } from './gmail-form-values.ts'
import { useGmailLabels } from './gmail-labels.controller.ts'
import { LabelsSkeleton } from './labels-skeleton.tsx'

export interface LabelsFieldProps {
  connectionId: string
  control: Control<GmailFormValues>
}

/** Which mail is imported: with or without some of the mailbox's real labels. */
export function LabelsField({ connectionId, control }: LabelsFieldProps) {
  const { t, ids, mode, labels, isPending, error, retry, isRetrying } = useGmailLabels(connectionId, control)
  if (labels === undefined && !isPending) return <FailureBlock error={error} onRetry={retry} startsAnew retrying={isRetrying} />
  return (
    <Loading busy={isPending} skeleton={<LabelsSkeleton />}>
      <div className="tn-fields">
        <Field label={t('mode')}>
          <Select {...mode.field}>
            <option value="include">{t('include')}</option>
            <option value="exclude">{t('exclude')}</option>
          </Select>
        </Field>
        {labels && <Labels t={t} ids={ids} labels={labels} />}
      </div>
    </Loading>
  )
}

type LabelsProps = Pick<ReturnType<typeof useGmailLabels>, 't' | 'ids'> & {
  labels: NonNullable<ReturnType<typeof useGmailLabels>['labels']>
}

function Labels({ t, ids, labels }: LabelsProps) {
  const { field, fieldState } = ids
  const { options, chosen, missing } = labels
  const list = useRef<HTMLFieldSetElement>(null)
  const chooseAgain = () => {
    field.onChange(chosen.filter((value) => !missing.includes(value)))
    field.onBlur()
    // The button goes away with what it was about.
    list.current?.focus()
  }
  return (
    <CheckboxList
      ref={(element) => {
        list.current = element
        field.ref(element)
      }}
      legend={t('labels')}
      options={options.map((option) => (option.isMissing ? { ...option, note: t('missing') } : option))}
      values={chosen}
      onChange={field.onChange}
      empty={t('none')}
      error={
        missing.length > 0 ? (
          <>
            {t('missingError', { count: missing.length })}{' '}
            <Button size="sm" onClick={chooseAgain}>
              {t('chooseAgain')}
            </Button>
          </>
        ) : (
          fieldState.error?.message
        )
      }
    />
  )
}

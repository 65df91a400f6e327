import { useState } from 'react'
import { Button } from '../../parts/button/button.tsx'
import { FileDrop } from '../../parts/file-drop/file-drop.tsx'
import { readClientFile } from './read-client-file.ts'
import type { ClientFile } from './read-client-file.ts'
import { useSetupModel } from './setup-context.ts'

export interface ClientFileDropProps {
  idField: 'clientId' | 'calendarClientId'
  secretField: 'clientSecret' | 'calendarClientSecret'
  /** What the file should list. */
  uris: readonly string[]
}

// Only what may be shown is remembered; ID and secret go straight into the form.
type Shown = Pick<ClientFile, 'projectId' | 'redirectUris'>

/** Fills ID and secret from the file that Google offers, and compares what else the file tells. */
export function ClientFileDrop({ idField, secretField, uris }: ClientFileDropProps) {
  const { t, form, project, epoch } = useSetupModel()
  const [file, setFile] = useState<Shown | null>(null)
  const missing = uris.filter((uri) => file && !file.redirectUris.includes(uri))
  const other = file?.projectId && project !== null && file.projectId !== project ? file.projectId : null
  const accept = ({ clientId, clientSecret, projectId, redirectUris }: ClientFile) => {
    form.setValue(idField, { action: 'replace', value: clientId }, { shouldValidate: true })
    form.setValue(secretField, { action: 'replace', value: clientSecret }, { shouldValidate: true })
    if (project === null && projectId !== null) form.setValue('projectId', projectId, { shouldValidate: true })
    setFile({ projectId, redirectUris })
  }
  return (
    <FileDrop
      key={epoch}
      label={t('clientFile')}
      hint={t('clientDrop')}
      read={(text) => readClientFile(text, t)}
      onRead={accept}
      onClear={() => {
        form.setValue(idField, { action: 'keep' })
        form.setValue(secretField, { action: 'keep' })
        setFile(null)
      }}
      summary={file && <div>{t('fileRead', { listed: uris.length - missing.length, total: uris.length })}</div>}
      notice={
        (missing.length > 0 || other) && (
          <>
            {missing.map((uri) => (
              <div key={uri}>{t.rich('fileUri', { uri })}</div>
            ))}
            {other && (
              <div>
                {t.rich('fileOtherProject', { actual: other, project: project ?? '' })}{' '}
                <Button size="sm" onClick={() => form.setValue('projectId', other, { shouldValidate: true })}>
                  <span>{t.rich('fileUseProject', { actual: other })}</span>
                </Button>
              </div>
            )}
          </>
        )
      }
      help={t('clientByHand')}
    />
  )
}

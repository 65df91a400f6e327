import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestCertificate {
  /** PEM; its own authority. */
  readonly certificate: string
  readonly key: string
}

/** A certificate of its own for `localhost` and 127.0.0.1, valid for two days; `hosts` are the names it is for. */
export function createCertificate(hosts = 'DNS:localhost,IP:127.0.0.1'): TestCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-certificate-'))
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=Tenantry test', '-addext', `subjectAltName=${hosts}`]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile]
  try {
    execFileSync('openssl', ['req', '-x509', ...key, '-out', certificateFile, '-days', '2', ...subject], { stdio: 'ignore' })
    return { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

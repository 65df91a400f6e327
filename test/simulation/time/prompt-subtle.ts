import { createCipheriv, createDecipheriv, createHash, KeyObject } from 'node:crypto'
import { isSignedSo, signInstead } from './stand-in-signature.ts'

type Bytes = ArrayBuffer | ArrayBufferView<ArrayBuffer>

const tagLength = 16

/** The operations of WebCrypto that a simulation spends its time with, done at once instead of in another thread. */
export const promptSubtle = {
  digest: async (_: unknown, data: Bytes) => own(createHash('sha256').update(view(data)).digest()),
  // Nothing but RS256 is asked for.
  sign: async (_: unknown, __: CryptoKey, data: Bytes) => signInstead(view(data)).buffer,
  verify: async (_: unknown, __: CryptoKey, signature: Bytes, data: Bytes) => isSignedSo(view(data), view(signature)),
  async encrypt({ iv, additionalData }: AesGcmParams, key: CryptoKey, data: Bytes) {
    const cipher = createCipheriv('aes-256-gcm', KeyObject.from(key), view(iv as Bytes)).setAAD(view(additionalData as Bytes))
    return own(Buffer.concat([cipher.update(view(data)), cipher.final(), cipher.getAuthTag()]))
  },
  async decrypt({ iv, additionalData }: AesGcmParams, key: CryptoKey, data: Bytes) {
    const sealed = view(data)
    const end = sealed.length - tagLength
    const decipher = createDecipheriv('aes-256-gcm', KeyObject.from(key), view(iv as Bytes))
      .setAAD(view(additionalData as Bytes))
      .setAuthTag(sealed.subarray(end))
    return own(Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]))
  },
}

const view = (data: Bytes): Uint8Array<ArrayBuffer> =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)

const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

import { createCipheriv, createDecipheriv, createHash, KeyObject, sign, verify } from 'node:crypto'

type Bytes = ArrayBuffer | ArrayBufferView<ArrayBuffer>

const tagLength = 16

/** The operations of WebCrypto that a simulation spends its time with, done at once instead of in another thread. */
export const promptSubtle = {
  digest: async (_: unknown, data: Bytes) => own(createHash('sha256').update(view(data)).digest()),
  async sign(_: unknown, key: CryptoKey, data: Bytes) {
    return own(sign('sha256', view(data), KeyObject.from(key)))
  },
  async verify(_: unknown, key: CryptoKey, signature: Bytes, data: Bytes) {
    return verify('sha256', view(data), KeyObject.from(key), view(signature))
  },
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

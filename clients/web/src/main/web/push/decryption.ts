import { decode, encode } from "./base64url.js";

/** What a subscription shares with the server (`p256dh`, `auth`), and the private key that it keeps; binary values in base64url. */
export interface SubscriptionKeys {
  readonly p256dh: string;
  readonly auth: string;
  /** A P-256 key as a JWK. */
  readonly privateKey: JsonWebKey;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const AUTH_BYTES = 16;
const SALT_BYTES = 16;
const POINT_BYTES = 65;
/** Salt, record size, length of the key id, and the sender's public key as key id: RFC 8188 section 2.1. */
const HEADER_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES;
/** Ends the last record, RFC 8188 section 2. */
const LAST_RECORD = 2;

/** Keys for a new subscription. */
export async function newKeys(): Promise<SubscriptionKeys> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return {
    p256dh: encode(point),
    auth: encode(crypto.getRandomValues(new Uint8Array(AUTH_BYTES))),
    privateKey: await crypto.subtle.exportKey("jwk", pair.privateKey),
  };
}

/**
 * Decrypts the body of a push message: content coding `aes128gcm` of RFC 8188 in one record, with the keys of RFC 8291
 * section 3.4. Names are those of the RFCs. Rejects where the body was not encrypted for these keys.
 */
export async function decrypt(body: Uint8Array<ArrayBuffer>, keys: SubscriptionKeys): Promise<Uint8Array> {
  if (body.length < HEADER_BYTES || body[SALT_BYTES + 4] !== POINT_BYTES) throw new Error("not an aes128gcm push message");
  const salt = body.subarray(0, SALT_BYTES);
  const senderPoint = body.subarray(SALT_BYTES + 5, HEADER_BYTES);
  const sender = await crypto.subtle.importKey("raw", senderPoint, CURVE, false, []);
  const own = await crypto.subtle.importKey("jwk", keys.privateKey, CURVE, false, ["deriveBits"]);
  const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: sender }, own, 256));
  const keyInfo = concat(ascii("WebPush: info\0"), decode(keys.p256dh), senderPoint);
  const ikm = await hkdf(decode(keys.auth), secret, keyInfo, 32);
  const key = await hkdf(salt, ikm, ascii("Content-Encoding: aes128gcm\0"), 16);
  const nonce = await hkdf(salt, ikm, ascii("Content-Encoding: nonce\0"), 12);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const record = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, cipher, body.subarray(HEADER_BYTES)));
  const end = record.findLastIndex((byte) => byte !== 0);
  if (record[end] !== LAST_RECORD) throw new Error("a push message has one record");
  return record.subarray(0, end);
}

async function hkdf(
  salt: Uint8Array<ArrayBuffer>,
  ikm: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, bytes * 8));
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

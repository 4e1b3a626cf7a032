import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "../../main/web/push/base64url.js";
import { decrypt, newKeys, type SubscriptionKeys } from "../../main/web/push/decryption.js";

/** RFC 8291 section 5, with the private key as a JWK. */
const KEYS: SubscriptionKeys = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  privateKey: {
    kty: "EC",
    crv: "P-256",
    x: "JXGyvs3942BVGq8e0PTNNmwRzr5VX4m8t7GGpTM5FzE",
    y: "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    d: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  },
};
const BODY =
  "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml" +
  "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT" +
  "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

test("the example of RFC 8291 is decrypted", async () => {
  const text = new TextDecoder().decode(await decrypt(decode(BODY), KEYS));
  assert.equal(text, "When I grow up, I want to be a watermelon");
});

test("a body for other keys is refused", async () => {
  const others = await newKeys();
  await assert.rejects(decrypt(decode(BODY), others));
  await assert.rejects(decrypt(decode(BODY), { ...KEYS, auth: others.auth }));
});

test("a body that was changed, cut off, or is something else is refused", async () => {
  const changed = decode(BODY);
  changed[100] = (changed[100] ?? 0) ^ 1;
  await assert.rejects(decrypt(changed, KEYS));
  await assert.rejects(decrypt(decode(BODY).subarray(0, 110), KEYS));
  await assert.rejects(decrypt(new TextEncoder().encode('{"type":"notification"}'), KEYS), /aes128gcm/);
});

test("new keys are a point of P-256 and 16 bytes, other ones each time", async () => {
  const [one, other] = [await newKeys(), await newKeys()];
  assert.equal(decode(one.p256dh).length, 65);
  assert.equal(decode(one.p256dh)[0], 4);
  assert.equal(decode(one.auth).length, 16);
  assert.notEqual(one.p256dh, other.p256dh);
  assert.notEqual(one.auth, other.auth);
});

test("base64url has no padding and no characters that a URL changes", () => {
  assert.equal(encode(Uint8Array.of(251, 255, 254, 1)), "-__-AQ");
  assert.deepEqual(decode("-__-AQ"), Uint8Array.of(251, 255, 254, 1));
  assert.deepEqual(decode("-__-AQ=="), Uint8Array.of(251, 255, 254, 1));
});

package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.device.P256;
import dev.dunlin.push.device.SubscriptionKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class EncryptedPushTest {
    private static final SubscriptionKeys KEYS = new SubscriptionKeys(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg");

    /** RFC 8291, section 5 and appendix A. */
    @Test
    void theExampleOfTheRfcComesOutToTheByte() throws GeneralSecurityException {
        KeyPair sender = new KeyPair(
                P256.point(unbase64(
                        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
                privateKey("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        byte[] body = EncryptedPush.body(
                "When I grow up, I want to be a watermelon".getBytes(UTF_8),
                KEYS,
                sender,
                unbase64("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void theLongestMessageFillsWhatAPushServiceMustTake() throws GeneralSecurityException {
        byte[] salt = new byte[EncryptedPush.SALT_BYTES];
        assertThat(EncryptedPush.body(new byte[EncryptedPush.MAX_PLAINTEXT_BYTES], KEYS, P256.newKeyPair(), salt))
                .hasSize(4096);
        assertThatThrownBy(() -> EncryptedPush.body(
                        new byte[EncryptedPush.MAX_PLAINTEXT_BYTES + 1], KEYS, P256.newKeyPair(), salt))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PrivateKey privateKey(String scalar) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, unbase64(scalar)), P256.curveParameters()));
    }

    private static byte[] unbase64(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

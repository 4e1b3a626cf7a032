package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.device.SubscriptionKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EncryptedPushTest {
    private static final SubscriptionKeys KEYS = new SubscriptionKeys(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg");

    private static final SenderKey SENDER =
            SenderKey.of(new BigInteger(1, unbase64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));

    /** RFC 8291, section 5 and appendix A. */
    @Test
    void theExampleOfTheRfcComesOutToTheByte() throws GeneralSecurityException {
        byte[] body = EncryptedPush.body(
                "When I grow up, I want to be a watermelon".getBytes(UTF_8),
                KEYS,
                SENDER,
                unbase64("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    /** Encrypted with python's cryptography, from the keys of the RFC's example. */
    @Test
    void theExampleOfTheDocumentationIsWhatAnotherImplementationMakes() throws GeneralSecurityException {
        String text = "{\"type\":\"notification\",\"user\":\"bob\",\"channel\":\"group:eng\",\"seq\":7,\"id\":\"m7\","
                + "\"from\":\"alice\",\"ts\":1767225600000,\"data\":{\"text\":\"lunch?\"}}";
        byte[] body = EncryptedPush.body(text.getBytes(UTF_8), KEYS, SENDER, unbase64("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(HexFormat.of().formatHex(body))
                .isEqualTo("0c6bfaadad67958803092d454676f397" + "00001000" + "41"
                        + "04fe33f4ab0dea71914db55823f73b54948f41306d920732dbb9a59a5328648220"
                        + "0e597a7b7bc260ba1c227998580992e93973002f3012a28ae8f06bbb78e5ec0f"
                        + "deddcf4c12b7b82c03d2bcfa10bc4c5cfc71edbab517468b90e07d0ec3e0b249"
                        + "fbdd1c74610366db580ff7c25d95c25c0b00f008bb00bd8de939b7d89d6b6bb6"
                        + "ef2bfbd6c20009ead138e86f143a5af1e1779c3d1bbeb314fe90503c1d69158f"
                        + "30f31896502872a62d5b719b6bdd4af5683c258ac70409c4d9c2771d63dd2471"
                        + "c7b164c803f0e4cbe79769e7c85cf05e8a28147270192891");
    }

    @Test
    void theLongestMessageFillsWhatAPushServiceMustTake() throws GeneralSecurityException {
        byte[] salt = new byte[EncryptedPush.SALT_BYTES];
        assertThat(EncryptedPush.body(new byte[EncryptedPush.MAX_PLAINTEXT_BYTES], KEYS, SENDER, salt))
                .hasSize(4096);
        assertThatThrownBy(
                        () -> EncryptedPush.body(new byte[EncryptedPush.MAX_PLAINTEXT_BYTES + 1], KEYS, SENDER, salt))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] unbase64(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

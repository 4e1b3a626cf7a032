package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.push.device.P256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VapidKeyTest {
    /** A throw-away key, made and read by openssl. */
    private static final String PEM = """
            (a key made for this test)
            """;

    @Test
    void aFileOfOpensslIsReadAndItsPublicKeyFound() {
        assertThat(VapidKey.ofPem(PEM).publicKey())
                .isEqualTo("BAYUQGIF55RU47JgqNOYADyPMWGisrKB7aFs_1asjFCF94mly0PUL7bQ60PtvB_bhV_EumaSepPRlcFXLtpgq5I");
    }

    @Test
    void thePublicKeyIsFoundFromThePrivateOne() throws GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            KeyPair pair = P256.newKeyPair();
            assertThat(VapidKey.ofPem(Pems.of(pair)).publicKey())
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(P256.bytes((ECPublicKey)
                            pair.getPublic())));
        }
    }

    @Test
    void otherKeysAndOtherFilesAreRefused() throws GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        for (String pem : new String[] {
            "",
            "hello",
            PEM + PEM,
            PEM.replace("PRIVATE", "EC PRIVATE"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            Pems.of(rsa.generateKeyPair()),
            Pems.of(p384.generateKeyPair())
        }) {
            assertThatThrownBy(() -> VapidKey.ofPem(pem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not ");
        }
    }
}
